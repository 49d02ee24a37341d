"""Native charts over cells of the workbook, with the figures they show kept in them for those who never calculate."""

from dataclasses import dataclass
from datetime import date

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RegularTextRun

from exports.cells import digits
from exports.styles import Style

INK, GRID, TONE = "44546A", "D9DEE7", "2F5C9E"
FONT = "微软雅黑"
_DAYS = "d"
_SMALL, _LARGE = 800, 1100


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One series of a chart: where its keys and figures stand, its name, and what stands there now."""

    keys: str
    figures: str
    name: str
    points: tuple[tuple[str | date, str], ...]


def bars(title: str, stretch: Stretch) -> BarChart:
    """Lying bars, the first key on top."""
    chart = BarChart()
    chart.type, chart.gapWidth = "bar", 60
    _finish(chart, title, stretch)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    chart.series[0].graphicalProperties = GraphicalProperties(solidFill=TONE)
    return chart


def line(title: str, stretch: Stretch) -> LineChart:
    """One line over days."""
    chart = LineChart()
    _finish(chart, title, stretch)
    series = chart.series[0]
    series.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=TONE, w=22_000))
    series.smooth = False
    chart.x_axis.number_format = _DAYS
    return chart


def _finish(chart: BarChart | LineChart, title: str, stretch: Stretch) -> None:
    chart.title = _title(title)
    chart.legend = None
    chart.series = [_series(stretch)]
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = RichText(
            p=[Paragraph(pPr=ParagraphProperties(defRPr=_letters(_SMALL)), endParaRPr=_letters(_SMALL))]
        )
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=GRID))
    chart.x_axis.tickLblPos = "low"
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=GRID)))


def _title(text: str) -> Title:
    letters = _letters(_LARGE, bold=True)
    words = Paragraph(pPr=ParagraphProperties(defRPr=letters), r=[RegularTextRun(rPr=letters, t=text)])
    return Title(tx=Text(rich=RichText(p=[words])), overlay=False)


def _series(stretch: Stretch) -> Series:
    figures = NumData(
        formatCode="#,##0.00",
        ptCount=len(stretch.points),
        pt=[NumVal(idx=place, v=shown) for place, (_, shown) in enumerate(stretch.points)],
    )
    return Series(
        idx=0,
        order=0,
        tx=SeriesLabel(v=stretch.name),
        cat=_keys(stretch),
        val=NumDataSource(numRef=NumRef(f=stretch.figures, numCache=figures)),
    )


def _keys(stretch: Stretch) -> AxDataSource:
    keys = [key for key, _ in stretch.points]
    if keys and isinstance(keys[0], date):
        days = [
            NumVal(idx=place, v=digits(Style.DAY, key))
            for place, key in enumerate(keys)
            if isinstance(key, date)
        ]
        cache = NumData(formatCode=_DAYS, ptCount=len(days), pt=days)
        return AxDataSource(numRef=NumRef(f=stretch.keys, numCache=cache))
    texts = [StrVal(idx=place, v=str(key)) for place, key in enumerate(keys)]
    return AxDataSource(strRef=StrRef(f=stretch.keys, strCache=StrData(ptCount=len(texts), pt=texts)))


def _letters(size: int, *, bold: bool = False) -> CharacterProperties:
    font = Font(typeface=FONT)
    return CharacterProperties(sz=size, b=bold, solidFill=INK, latin=font, ea=font)
