import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../tests/support/seeded.ts';
import { dayOf } from '../moment.ts';
import { isVersionDue, thinned, VERSION_TIMES } from './version-times.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 17, 15);
const NO_LIMIT = { count: Infinity, bytes: Infinity };

describe('what was edited is kept', () => {
	const at = (minutes: number): number => NOW - minutes * 60_000;
	const due = (first: number, last: number, open = true): boolean =>
		isVersionDue({ firstAt: at(first), lastAt: at(last), open }, NOW);

	it('at a rest, when nobody has it open any more, and now and then while people go on', () => {
		expect(due(10, 10)).toBe(true);
		expect(due(9.9, 9.9)).toBe(false);
		expect(due(14.9, 0)).toBe(false);
		expect(due(15, 0)).toBe(true);
		expect(due(1, 1, false)).toBe(true);
		expect(due(1, 0.9, false)).toBe(false);
	});
});

describe('versions thin out with age', () => {
	/** Monday of the week of a day in Québec. */
	const weekOf = (at: number): string => {
		const day = new Date(`${dayOf(at)}T12:00:00Z`);
		day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
		return day.toISOString().slice(0, 10);
	};
	const some = (random: () => number) =>
		Array.from({ length: Math.floor(random() * 120) }, (_, i) => ({
			id: `v${String(i)}`,
			at: Math.floor(NOW - random() ** 3 * 400 * DAY),
			bytes: 1 + Math.floor(random() * 1000)
		}));

	it('all of the last day stay, one a day of the last month, one a week before it, and the first of all', () => {
		for (let seed = 1; seed <= 300; seed++) {
			const versions = some(seeded(seed));
			const gone = new Set(thinned(versions, NOW, NO_LIMIT));
			const left = versions.filter(({ id }) => !gone.has(id));
			const first = versions.toSorted((a, b) => a.at - b.at)[0];
			if (first) expect(gone).not.toContain(first.id);
			const spans = new Map<string, (typeof versions)[number][]>();
			for (const version of versions) {
				const age = NOW - version.at;
				if (age <= VERSION_TIMES.all) expect(gone).not.toContain(version.id);
				else {
					const span = age <= VERSION_TIMES.daily ? dayOf(version.at) : `w${weekOf(version.at)}`;
					spans.set(span, [...(spans.get(span) ?? []), version]);
				}
			}
			for (const [span, all] of spans) {
				const stay = left.filter((version) => all.includes(version) && version !== first);
				const last = Math.max(...all.map(({ at }) => at));
				expect(stay.length, span).toBeLessThanOrEqual(1);
				expect(left.some((version) => all.includes(version) && version.at === last)).toBe(true);
			}
		}
	});

	it('thinned as time goes by, or once at the end: the same stay', () => {
		for (let seed = 1; seed <= 200; seed++) {
			const random = seeded(seed);
			const versions = some(random);
			const keep = (list: typeof versions, now: number) => {
				const gone = new Set(thinned(list, now, NO_LIMIT));
				return list.filter(({ id }) => !gone.has(id));
			};
			const later = NOW + 40 * DAY;
			let step = versions;
			for (let now = NOW; now < later; now += (0.1 + random()) * 3 * DAY) step = keep(step, now);
			expect(keep(step, later)).toEqual(keep(versions, later));
		}
	});

	it('past the limits, the oldest go', () => {
		const hour = 3_600_000;
		const versions = [1, 2, 3, 4].map((n) => ({
			id: `${String(n)}h`,
			at: NOW - n * hour,
			bytes: 10
		}));
		expect(thinned(versions, NOW, { count: 3, bytes: Infinity })).toEqual(['4h']);
		expect(thinned(versions, NOW, { count: 9, bytes: 25 })).toEqual(['3h', '4h']);
		expect(thinned(versions, NOW, { count: 4, bytes: 40 })).toEqual([]);
	});
});
