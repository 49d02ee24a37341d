"""No gift, waiver or payment may hang on a review: the platform's topic of 好评返现 (004-C7P, C-12)."""

from calculators.sheet import Sheet
from calculators.wording import say


def refuse_for_review(sheet: Sheet, item: str) -> None:
    """Turn down what depends on a review, and warn of the conflict."""
    why = say("不得以好评为条件付款", "no payment may depend on a review")
    sheet.refuse(item, "004-C7P", why)
    sheet.advise("C-12", "004-C7P", say("好评返现属违规", "paying for good reviews is a platform violation"))
