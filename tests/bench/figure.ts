/**
 * A figure: ours beside a peer's, as a ratio, against the bar it has to clear. Times are medians of runs that alternate
 * in one process, after a warm-up: a shared machine slows both alike.
 */

export interface Figure {
	readonly figure: string;
	readonly ours: number;
	/** What it was measured beside, with its version; null for a figure that stands alone. */
	readonly beside: string | null;
	readonly theirs: number | null;
	readonly unit: string;
	readonly ratio: number | null;
	/** `<=2`: of the ratio, or of our own figure when it stands alone; '' when none is set. */
	readonly bar: string;
	readonly holds: boolean;
	/** Lowest and highest of ours, then of theirs. */
	readonly spread: readonly number[];
}

export interface BenchOptions {
	/** Smaller data, fewer runs: ends within a minute and says only that the bench works. */
	readonly quick: boolean;
	/** Lists, where a figure is a weight, what weighs most. */
	readonly modules: boolean;
}

/** Results differ, a peer did not run, or a figure is missing: there is no time to tell. */
export class BenchError extends Error {
	override readonly name = 'BenchError';
}

/** What a run returns when it has a better clock than the one around it: a page's own. */
export class Measured {
	readonly ms: number;
	readonly result: unknown;
	constructor(ms: number, result: unknown) {
		this.ms = ms;
		this.result = result;
	}
}

const median = (values: readonly number[]): number => {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const high = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? NaN) + high) / 2;
};

export interface Side {
	/** Does the work once; what it returns is compared with the other side's before anything is timed. */
	readonly run: (turn: number) => Promise<unknown>;
}

/**
 * Compares the results of two turns, warms up, then times the two in turn, each `times` in a row per run (7 runs at
 * least, but for `--quick`), and compares the last result of each run.
 */
export async function beside(
	figure: string,
	peer: string,
	bar: number,
	ours: Side,
	theirs: Side,
	{ runs = 9, times = 1, warmUp = 3 }: { runs?: number; times?: number; warmUp?: number } = {}
): Promise<Figure> {
	let turn = 0;
	for (let i = 0; i < 2; i++) {
		turn += 1;
		sameResults(figure, await ours.run(turn), await theirs.run(turn));
	}
	const taken: [number[], number[]] = [[], []];
	for (let i = -warmUp; i < runs; i++) {
		const sides = i % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
		const first = turn;
		const last: unknown[] = [];
		for (const side of sides) {
			turn = first;
			const { run } = side === 0 ? ours : theirs;
			let own = 0;
			const start = performance.now();
			for (let n = 0; n < times; n++) {
				const value = await run(++turn);
				if (value instanceof Measured) own += value.ms;
				last[side] = value;
			}
			if (i >= 0) taken[side].push((own || performance.now() - start) / times);
		}
		sameResults(figure, last[0], last[1]);
	}
	const [mine, their] = [median(taken[0]), median(taken[1])];
	const ratio = mine / their;
	return {
		figure,
		ours: mine,
		beside: peer,
		theirs: their,
		unit: 'ms',
		ratio,
		bar: `<=${bar}`,
		holds: ratio <= bar,
		spread: taken.flatMap((times) => [Math.min(...times), Math.max(...times)])
	};
}

/** A figure without a peer, and without a bar where none is set. */
export function alone(
	figure: string,
	values: readonly number[],
	unit: string,
	bar: number | null
): Figure {
	if (values.length === 0) throw new BenchError(`${figure} was not measured`);
	const ours = median(values);
	return {
		figure,
		ours,
		beside: null,
		theirs: null,
		unit,
		ratio: null,
		bar: bar === null ? '' : `<=${bar}`,
		holds: bar === null || ours <= bar,
		spread: [Math.min(...values), Math.max(...values)]
	};
}

function sameResults(figure: string, ours: unknown, theirs: unknown): void {
	const [mine, their] = [ours, theirs].map((value) =>
		JSON.stringify(value instanceof Measured ? value.result : value)
	);
	if (mine === undefined || mine !== their)
		throw new BenchError(
			`${figure}: results differ\n  ours:   ${String(mine).slice(0, 400)}\n  theirs: ${String(their).slice(0, 400)}`
		);
}
