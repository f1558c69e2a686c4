export const PAYOUTS = `"""Pays makers what is due to them. Runs on Fridays at 06:00 UTC; running it again pays nobody twice."""

from dataclasses import dataclass
from datetime import date, timedelta

WAIT = timedelta(days=7)
LEAST_PAYOUT = 2_000  # cents


@dataclass(frozen=True)
class Payout:
    maker: str
    week: str
    cents: int

    @property
    def key(self) -> str:
        """Maker and week: the bank refuses the same key twice."""
        return f"{self.maker}/{self.week}"


def due(rows, today: date) -> int:
    """The sum of what may be paid: rows wait for seven days, but what takes money from a maker counts at once."""
    return sum(row.amount for row in rows if row.amount < 0 or row.booked_on + WAIT <= today)


def payouts_of_week(makers, today: date) -> list[Payout]:
    """One payout for each verified maker to whom at least 20 euros are due."""
    year, week, _ = today.isocalendar()
    found = []
    for maker in makers:
        cents = due(maker.rows, today)
        if maker.verified and cents >= LEAST_PAYOUT:
            found.append(Payout(maker.id, f"{year}-W{week:02}", cents))
    return found


def next_working_day(day: date, holidays: set[date]) -> date:
    """Banks don't work on weekends and holidays; payouts move on by themselves."""
    while day.weekday() >= 5 or day in holidays:
        day += timedelta(days=1)
    return day
`;

export const TEST_PAYOUTS = `from datetime import date

from compost.payouts import due, next_working_day, payouts_of_week
from compost.testing import maker, row

FRIDAY = date(2026, 2, 27)


def test_money_waits_for_seven_days():
    rows = [row(5_000, date(2026, 2, 20)), row(3_000, date(2026, 2, 21))]
    assert due(rows, FRIDAY) == 5_000


def test_a_refund_counts_at_once():
    rows = [row(5_000, date(2026, 2, 20)), row(-1_500, FRIDAY)]
    assert due(rows, FRIDAY) == 3_500


def test_a_maker_who_is_not_verified_waits():
    assert payouts_of_week([maker(verified=False, cents=9_000)], FRIDAY) == []


def test_good_friday_moves_the_payout_to_tuesday():
    easter = {date(2026, 4, 3), date(2026, 4, 6)}
    assert next_working_day(date(2026, 4, 3), easter) == date(2026, 4, 7)
`;
