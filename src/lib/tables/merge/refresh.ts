/** The next export of a dataset beside the version that is there: what differs, and the table that the two make. */
import { compareVersions } from '../../core/dataset/compare-versions.ts';
import type {
	DayRange,
	JoinChoice,
	KeyTold,
	VersionComparison
} from '../../core/dataset/refresh.ts';
import { checkArrow } from '../check-arrow.ts';
import { hasValue, MS_PER_DAY, type Column } from '../column.ts';
import { countMerge, mergeByKey } from './merge-by-key.ts';
import { newTextsOf } from './new-texts.ts';
import { suggestKeys } from './suggest-keys.ts';
import { versionSummary } from './version-summary.ts';

type Settled = Omit<VersionComparison, 'told'>;

export interface CompareOptions {
	readonly key: readonly string[] | null;
	/** Names that a key may be made of; of the new table. */
	readonly named: ReadonlySet<string>;
	/** Columns where personal information was found: their new values are not listed. */
	readonly quiet: ReadonlySet<string>;
	/** Awaited now and then, so that a worker hears what it is told; throw in it to stop. */
	readonly pause?: () => Promise<void> | undefined;
}

export class Refresh {
	/** Of the version that is there. */
	readonly columns: readonly Column[];
	/** What no key changes, of the table last compared. */
	#settled: { readonly next: readonly Column[]; readonly comparison: Settled } | null = null;

	/** @param bytes of the version that is there; throws what `checkArrow` throws */
	constructor(bytes: ArrayBuffer) {
		this.columns = checkArrow(new Uint8Array(bytes));
	}

	get rows(): number {
		return this.columns[0]?.length ?? 0;
	}

	/** @param next as it would be stored */
	async compare(next: readonly Column[], options: CompareOptions): Promise<VersionComparison> {
		if (this.#settled?.next !== next)
			this.#settled = { next, comparison: await this.#settle(next, options) };
		const { comparison } = this.#settled;
		const told = this.#tell(next, options.key, comparison.keyColumns);
		return {
			...comparison,
			changes: { ...comparison.changes, overlap: told && overlapOf(told) },
			told
		};
	}

	/**
	 * @param next as it would be stored
	 * @throws InvalidError `merge_key_required`, `merge_key_unknown`, `table_too_long`, `table_too_wide`
	 */
	join(next: readonly Column[], { key, mode }: JoinChoice): readonly Column[] {
		return mode === 'replace' ? next : mergeByKey(this.columns, next, key, mode).columns;
	}

	async #settle(
		next: readonly Column[],
		{ named, quiet, pause = () => undefined }: CompareOptions
	): Promise<Settled> {
		const { columns } = this;
		const changes = compareVersions(versionSummary(columns), versionSummary(next));
		await pause();
		const pairs = next.flatMap((is) => {
			const was = columns.find(({ name }) => name === is.name);
			return was ? [{ was, is }] : [];
		});
		const newTexts = pairs.flatMap(({ was, is }) =>
			quiet.has(is.name) ? [] : (newTextsOf(was, is) ?? [])
		);
		await pause();
		const keyColumns = pairs.map(({ is }) => is.name).filter((name) => named.has(name));
		return {
			...{ changes, newTexts, keyColumns },
			period: periodOf(pairs),
			suggested: await suggestKeys(columns, next, keyColumns, pause)
		};
	}

	#tell(
		next: readonly Column[],
		key: readonly string[] | null,
		known: readonly string[]
	): KeyTold | null {
		if (!key?.length || !key.every((name) => known.includes(name))) return null;
		const { kept, replaced, added, dropped, duplicates, withoutKey, overlap } = countMerge(
			this.columns,
			next,
			key
		);
		const { common, onlyBefore, onlyAfter } = overlap;
		return {
			...{ key, common, onlyBefore, onlyAfter, duplicates, withoutKey },
			...{ rows: kept + replaced + added, kept, replaced, added, dropped }
		};
	}
}

const overlapOf = ({ key, common, onlyBefore, onlyAfter }: KeyTold) => ({
	...{ key, common, onlyBefore, onlyAfter }
});

/** Of the first column of dates in both. */
function periodOf(
	pairs: readonly { readonly was: Column; readonly is: Column }[]
): VersionComparison['period'] {
	for (const { was, is } of pairs) {
		const [before, after] = [daysOf(was), daysOf(is)];
		if (before && after) return { column: is.name, before, after };
	}
	return null;
}

/** From the first to the last of its days; null where it has none. */
function daysOf(column: Column): DayRange | null {
	if (column.type !== 'date' && column.type !== 'datetime') return null;
	let [from, to] = [Infinity, -Infinity];
	for (let row = 0; row < column.length; row++) {
		if (!hasValue(column, row)) continue;
		const value = Number(column.values[row]);
		if (value < from) from = value;
		if (value > to) to = value;
	}
	if (from > to) return null;
	const day = (value: number): number =>
		column.type === 'date' ? value : Math.floor(value / MS_PER_DAY);
	return { from: day(from), to: day(to) };
}
