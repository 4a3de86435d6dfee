import { expect, it } from 'vitest';
import type { VersionKind, VersionListing } from '$lib/core/notebook/history';
import { timelineOf } from './timeline.ts';

const version = (id: string, kind: VersionKind, at: number): VersionListing => ({
	...{ id, kind, at, name: null, by: '', people: [], since: null },
	...{ mayName: false, mayManage: false }
});

it('by days of Québec, what was kept by itself in runs between what was not', () => {
	// 23:30 and 0:30 in Québec.
	const late = Date.UTC(2026, 10, 29, 4, 30);
	const versions = [
		version('a', 'automatic', late + 3_600_000),
		version('b', 'automatic', late),
		version('c', 'named', late - 1),
		version('d', 'before-restore', late - 2),
		version('e', 'automatic', late - 3)
	];
	expect(
		timelineOf(versions).map(({ day, runs }) => [
			day,
			...runs.map((run) => run.versions.map(({ id }) => id).join(''))
		])
	).toEqual([
		['2026-11-29', 'a'],
		['2026-11-28', 'b', 'cd', 'e']
	]);
	expect(timelineOf([])).toEqual([]);
});
