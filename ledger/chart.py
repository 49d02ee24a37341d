"""The chart of accounts, after the Accounting Standards for Small Enterprises: what a posting may name.

Only leaves stand here, because only leaves are posted to. 1406 is borrowed from the enterprise standards for
goods on the way. Cost of ordinary sales stays in the shop's main ledger.
"""

from typing import Literal, NamedTuple


class Account(NamedTuple):
    """One leaf: its code, its two names, and the side on which it normally stands."""

    code: str
    name_zh: str
    name_en: str
    normal: Literal["debit", "credit"]


CHART: tuple[Account, ...] = (
    Account("1002", "银行存款", "Bank", "debit"),
    Account("1012.01", "其他货币资金—支付宝", "Alipay", "debit"),
    Account("1012.02", "其他货币资金—平台保证金", "Platform margin", "debit"),
    Account("1122.01", "应收账款—平台担保交易", "Platform escrow", "debit"),
    Account("1122.02", "应收账款—货到付款", "COD clearing", "debit"),
    Account("1122.03", "应收账款—分销商", "Distributor receivable", "debit"),
    Account("1123.01", "预付账款—推广充值", "Prepaid promotion", "debit"),
    Account("1221.01", "其他应收款—快递理赔", "Courier claims", "debit"),
    Account("1221.02", "其他应收款—积分结算", "Points clearing", "debit"),
    Account("1221.09", "其他应收款—待查款项", "Suspense", "debit"),
    Account("1405", "库存商品", "Inventory", "debit"),
    Account("1406", "发出商品", "Goods in transit", "debit"),
    Account("2202.01", "应付账款—快递公司", "Courier payable", "credit"),
    Account("2203.01", "预收账款—未完成订单", "Contract liability", "credit"),
    Account("2203.02", "预收账款—优惠券", "Coupon liability", "credit"),
    Account("2211", "应付职工薪酬", "Wages payable", "credit"),
    Account("2241.01", "其他应付款—部门活动经费", "Department activity fund", "credit"),
    Account("2241.02", "其他应付款—待付买家", "Payable to buyers", "credit"),
    Account("2241.03", "其他应付款—待付分销商", "Payable to distributors", "credit"),
    Account("3001", "实收资本", "Paid-in capital", "credit"),
    Account("3103", "本年利润", "Profit of the year", "credit"),
    Account("3104", "利润分配", "Retained earnings", "credit"),
    Account("5001.01", "主营业务收入—商品销售", "Sales revenue", "credit"),
    Account("5001.02", "主营业务收入—销售退回", "Sales returns", "debit"),
    Account("5001.03", "主营业务收入—销售折让", "Sales allowances", "debit"),
    Account("5051.01", "其他业务收入—运费", "Freight income", "credit"),
    Account("5051.02", "其他业务收入—佣金扣回", "Commission recovery", "credit"),
    Account("5051.03", "其他业务收入—发票税费扣回", "Invoice-tax recovery", "credit"),
    Account("5051.04", "其他业务收入—多开发票税点", "Over-invoice fee", "credit"),
    Account("5301.01", "营业外收入—优惠券失效", "Coupon breakage", "credit"),
    Account("5301.02", "营业外收入—理赔溢额", "Claim gain", "credit"),
    Account("5601.01", "销售费用—运费", "Freight expense", "debit"),
    Account("5601.02", "销售费用—平台佣金", "Commission expense", "debit"),
    Account("5601.03", "销售费用—信用卡手续费", "Card fee expense", "debit"),
    Account("5601.04", "销售费用—售后补偿", "After-sales compensation", "debit"),
    Account("5601.05", "销售费用—营销", "Marketing expense", "debit"),
    Account("5601.06", "销售费用—延迟发货赔付", "Late-shipment penalty", "debit"),
    Account("5601.07", "销售费用—平台服务费", "Platform service fees", "debit"),
    Account("5601.08", "销售费用—推广", "Promotion", "debit"),
    Account("5602.01", "管理费用—员工奖励", "Staff reward expense", "debit"),
    Account("5711.01", "营业外支出—存货损失", "Inventory loss", "debit"),
    Account("5711.02", "营业外支出—平台罚款", "Platform fines", "debit"),
)
ACCOUNTS: dict[str, Account] = {leaf.code: leaf for leaf in CHART}

# The accounts that code calls by name, each once.
ALIPAY, MARGIN = "1012.01", "1012.02"
ESCROW, COD, FROM_DISTRIBUTORS = "1122.01", "1122.02", "1122.03"
POINTS, SUSPENSE = "1221.02", "1221.09"
STOCK = ("1405", "1406")
LIABILITY, COUPONS = "2203.01", "2203.02"
TO_BUYERS, TO_DISTRIBUTORS = "2241.02", "2241.03"
CAPITAL = "3001"
SALES, RETURNS, ALLOWANCES = "5001.01", "5001.02", "5001.03"
FREIGHT = "5051.01"


def account(code: str) -> Account:
    """The leaf of that code; `KeyError` where the chart has none."""
    return ACCOUNTS[code]
