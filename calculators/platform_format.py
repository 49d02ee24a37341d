"""The keys of the claims that only a platform's rules know, and what its other kinds have beside their own.

This is data, as `case_format` is; it stands apart because the manuals need none of it.
"""

from calculators.reading import Key, count, flag, moment, one_of, yuan

# What every compensation that the platform imposes may say beside its own facts.
COMPENSATED = {
    "promised": Key(read=yuan, field="promised_fen"),
    "given_same_day": Key(read=yuan, field="given_same_day_fen"),
}
# What a return may say that only the platform's rules of return ask for.
RETURNED = {
    "gift_missing": Key(read=yuan, field="gift_missing_fen"),
    "abuse": Key(read=flag),
}
PLATFORM_KINDS: dict[str, dict[str, Key]] = {
    "shortage": COMPENSATED | {"original_due_at": Key(read=moment), "admitted_at": Key(read=moment)},
    "fake_shipment": COMPENSATED
    | {"finding": Key(read=one_of("no_scan", "unrelated", "abnormal"), required=True)},
    "stalled_tracking": COMPENSATED | {"finding": Key(read=one_of("timeout", "abnormal"), required=True)},
    "broken_promise": COMPENSATED
    | {
        "promise": Key(
            read=one_of("general", "price", "freight", "exchange", "resend", "carrier"), required=True
        ),
    },
    "mismatch": {"platform_version": Key(read=flag), "times_before": Key(read=count)},
    "platform_commission": {},
}
