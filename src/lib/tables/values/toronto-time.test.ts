import { describe, expect, it } from 'vitest';
import { chance } from '../../server/demo/random.ts';
import { daysOf, weekdayOf, yearOf } from './calendar-days.ts';
import { isRepeated, isSkipped, torontoWall } from './toronto-time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FORMAT = new Intl.DateTimeFormat('en-CA', {
	timeZone: 'America/Toronto',
	hourCycle: 'h23',
	year: 'numeric',
	month: 'numeric',
	day: 'numeric',
	hour: 'numeric',
	minute: 'numeric',
	second: 'numeric'
});
/** The same, as this machine's time zones have it. */
function referee(instant: number): number {
	const parts = new Map(
		FORMAT.formatToParts(instant).map(({ type, value }) => [type, Number(value)])
	);
	const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? NaN;
	return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}
const wall = (text: string): number => Date.parse(`${text}Z`);

describe('the clock of America/Toronto', () => {
	it('agrees with Intl at instants taken at random', () => {
		const { whole } = chance(1_867);
		for (let i = 0; i < 5000; i++) {
			const instant = whole(0, 2_400_000_000) * 1000;
			expect(torontoWall(instant), new Date(instant).toISOString()).toBe(referee(instant));
		}
	});
	it('agrees with Intl around every change, and at every hour of those days', () => {
		let changes = 0;
		for (let hour = 0; hour * HOUR < Date.UTC(2045, 0, 1); hour++) {
			const instant = hour * HOUR;
			if (torontoWall(instant) - torontoWall(instant - 1) === 1) continue;
			changes++;
			for (let at = instant - DAY; at <= instant + DAY; at += HOUR / 2)
				for (const near of [at - 1000, at]) expect(torontoWall(near)).toBe(referee(near));
		}
		expect(changes).toBe(2 * (2045 - 1970));
	});
	it('agrees with Intl on every day since 1970', () => {
		for (let day = 0; day < 27_000; day++)
			if (torontoWall(day * DAY + 12 * HOUR) !== referee(day * DAY + 12 * HOUR))
				expect.fail(new Date(day * DAY).toISOString());
	});
	it('shows some times never, and some twice', () => {
		expect(isSkipped(wall('2024-03-10T02:30:00'))).toBe(true);
		expect(isSkipped(wall('2024-03-10T02:00:00'))).toBe(true);
		expect(isSkipped(wall('2024-03-10T03:00:00'))).toBe(false);
		expect(isSkipped(wall('2024-03-10T01:59:59'))).toBe(false);
		expect(isSkipped(wall('2024-03-17T02:30:00'))).toBe(false);
		expect(isSkipped(wall('1999-04-04T02:30:00'))).toBe(true);
		expect(isRepeated(wall('2024-11-03T01:30:00'))).toBe(true);
		expect(isRepeated(wall('2024-11-03T01:00:00'))).toBe(true);
		expect(isRepeated(wall('2024-11-03T02:00:00'))).toBe(false);
		expect(isRepeated(wall('2024-11-03T00:59:59'))).toBe(false);
		expect(isRepeated(wall('1985-10-27T01:30:00'))).toBe(true);
	});
	it('skips what no instant gives, and repeats what two give', () => {
		for (let year = 1970; year < 2040; year++) {
			const seen = new Map<number, number>();
			for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += HOUR / 2) {
				const shown = torontoWall(at);
				seen.set(shown, (seen.get(shown) ?? 0) + 1);
			}
			for (let at = Date.UTC(year, 0, 2); at < Date.UTC(year, 11, 30); at += HOUR / 2) {
				const times = seen.get(at) ?? 0;
				if (isSkipped(at) !== (times === 0) || isRepeated(at) !== (times === 2))
					expect.fail(new Date(at).toISOString());
			}
		}
	});
	it('has no answer for what is no time', () => {
		expect(torontoWall(NaN)).toBeNaN();
		expect(torontoWall(Infinity)).toBeNaN();
		expect(isSkipped(NaN)).toBe(false);
		expect(isRepeated(Infinity)).toBe(false);
	});
});

it('knows the year and the weekday of a day', () => {
	for (let days = -800_000; days < 800_000; days += 7) {
		const date = new Date(days * DAY);
		if (yearOf(days) !== date.getUTCFullYear()) expect.fail(date.toISOString());
	}
	for (let days = -40; days < 40; days++)
		expect(weekdayOf(days)).toBe(new Date(days * DAY).getUTCDay());
	for (const year of [1969, 1970, 2000, 2023, 2024, 2100]) {
		expect(yearOf(daysOf(year, 1, 1))).toBe(year);
		expect(yearOf(daysOf(year, 12, 31))).toBe(year);
	}
});
