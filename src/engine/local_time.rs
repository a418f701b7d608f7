//! The listener's clock and calendar.

use crate::library::{DAY_BEGINS_HOUR, Date, LocalTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// The system's time zone; UTC where that cannot be found out.
pub struct LocalClock(TimeZone);

impl LocalClock {
    /// The clock of this machine.
    #[must_use]
    pub fn of_system() -> Self {
        Self(TimeZone::system())
    }

    fn zoned(&self, at_unix_secs: i64) -> Zoned {
        Timestamp::from_second(at_unix_secs)
            .unwrap_or(Timestamp::UNIX_EPOCH)
            .to_zoned(self.0.clone())
    }

    /// The clock at a moment in seconds since 1970.
    #[must_use]
    pub fn time(&self, at_unix_secs: i64) -> LocalTime {
        let at = self.zoned(at_unix_secs);
        LocalTime {
            date: date(&at),
            hour: at.hour().cast_unsigned(),
            minute: at.minute().cast_unsigned(),
        }
    }

    /// The day that a moment belongs to; the small hours belong to the one before.
    #[must_use]
    pub fn day(&self, at_unix_secs: i64) -> Date {
        date(&self.zoned(at_unix_secs - i64::from(DAY_BEGINS_HOUR) * 3_600))
    }

    /// A moment as ISO 8601 with its offset.
    #[must_use]
    pub fn iso(&self, at_unix_secs: i64) -> String {
        self.zoned(at_unix_secs)
            .strftime("%Y-%m-%dT%H:%M:%S%:z")
            .to_string()
    }
}

fn date(at: &Zoned) -> Date {
    Date {
        year: at.year(),
        month: at.month().cast_unsigned(),
        day: at.day().cast_unsigned(),
        weekday: at.weekday().to_monday_zero_offset().cast_unsigned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_as_on_the_wall() {
        let clock =
            LocalClock(TimeZone::get("Asia/Seoul").unwrap_or(TimeZone::fixed(jiff::tz::offset(9))));
        // 2026-05-12 18:30 UTC is half past three in the night in Seoul.
        let at = 1_778_610_600;
        let time = clock.time(at);
        assert_eq!(
            (time.date.month, time.date.day, time.hour, time.minute),
            (5, 13, 3, 30)
        );
        assert_eq!((clock.day(at).day, clock.day(at).weekday), (12, 1));
        assert_eq!(clock.iso(at), "2026-05-13T03:30:00+09:00");
    }
}
