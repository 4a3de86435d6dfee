/**
 * When a version of a notebook is kept by itself, and which of those stay as they age. Pure: the clock is handed in, and
 * days are Québec's.
 */
import { dayOf } from '../moment.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

export const VERSION_TIMES = {
	/** Without an edit, after some. */
	rest: 10 * MINUTE,
	/** Without an edit, where nobody has the notebook open any more: a page that is loaded again is back by then. */
	left: MINUTE,
	/** While edits go on, from the first one that no version holds. */
	every: 15 * MINUTE,
	/** Between versions that are kept because somebody else begins. */
	other: 5 * MINUTE,
	/** All of the versions stay for that long. */
	all: DAY,
	/** Then one a day stays for that long, and one a week after it. */
	daily: 30 * DAY
} as const;

export interface Activity {
	/** The first and the last edit that no version holds, in milliseconds since the epoch. */
	readonly firstAt: number;
	readonly lastAt: number;
	/** Somebody has the notebook open. */
	readonly open: boolean;
}

/** Whether what was edited is kept now. */
export function isVersionDue({ firstAt, lastAt, open }: Activity, now: number): boolean {
	const still = now - lastAt;
	return (
		still >= VERSION_TIMES.rest ||
		(!open && still >= VERSION_TIMES.left) ||
		now - firstAt >= VERSION_TIMES.every
	);
}

interface Dated {
	readonly id: string;
	readonly at: number;
	readonly bytes: number;
}

/**
 * The ids of the versions that go, of those that nobody named: all of the last day stay, then the last one of each day,
 * then the last one of each week (from Monday). The first of all stays as long as there is room: it is where the work
 * began. Past the limits, the oldest go.
 * @param versions in any order
 */
export function thinned(
	versions: readonly Dated[],
	now: number,
	limits: { readonly count: number; readonly bytes: number }
): string[] {
	const latestFirst = versions
		.map((version, i) => ({ version, i }))
		.toSorted((a, b) => b.version.at - a.version.at || b.i - a.i)
		.map(({ version }) => version);
	const first = latestFirst.at(-1);
	const gone: string[] = [];
	const taken = new Set<string>();
	let count = 0;
	let bytes = 0;
	for (const version of latestFirst) {
		const span = spanOf(version.at, now);
		const spare = span !== null && taken.has(span) && version !== first;
		if (span !== null) taken.add(span);
		if (spare || count + 1 > limits.count || bytes + version.bytes > limits.bytes) {
			gone.push(version.id);
			continue;
		}
		count++;
		bytes += version.bytes;
	}
	return gone;
}

/** Versions of one span are one in the end; null: each stays. */
function spanOf(at: number, now: number): string | null {
	const age = now - at;
	if (age <= VERSION_TIMES.all) return null;
	const day = dayOf(at);
	if (age <= VERSION_TIMES.daily) return `day ${day}`;
	// 1 January 1970 was a Thursday: three days after a Monday.
	return `week ${String(Math.floor((Date.parse(`${day}T00:00:00Z`) / DAY + 3) / 7))}`;
}
