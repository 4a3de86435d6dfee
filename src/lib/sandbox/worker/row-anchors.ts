/** What the host asks of the rows of cells' tables, answered in steps, so that windows are never kept waiting. */
import { AppError, GoneError } from '../../core/errors.ts';
import { LIMITS } from '../../core/protocol/messages.ts';
import type { RowKeys, RowPlace, RowWanted } from '../../core/protocol/row-anchors.ts';
import { runSteps, type Steps } from '../../tables/view/steps.ts';
import { keyColumnsOf, keysOfRow, locateRows } from './row-keys.ts';
import { tableDigest } from './table-digest.ts';
import type { ShownTable, ViewsPlatform } from './table-views.ts';

type RowLimits = Readonly<Record<'keysMs' | 'locateMs' | 'locatedRows', number>>;

/** Milliseconds of work between two looks at what the host says. */
const WORK_MS = 12;

export class RowAnchors {
	readonly #platform: ViewsPlatform;
	readonly #limits: RowLimits;
	/** The columns that tell a table's rows apart, once they were looked for. */
	readonly #chosen = new WeakMap<ShownTable, readonly string[]>();

	readonly #digests = new WeakMap<ShownTable, string>();

	/** @param limits for tests: the protocol's otherwise */
	constructor(platform: ViewsPlatform, limits: RowLimits = LIMITS) {
		this.#platform = platform;
		this.#limits = limits;
	}

	/**
	 * @param row as the table shows it, from 0
	 * @param there whether the table is still shown
	 * @throws RangeError for a row that the table has not, GoneError, AppError `unexpected` when it takes too long
	 */
	async keys(
		shown: ShownTable,
		row: number,
		column: string | null,
		there: () => boolean
	): Promise<RowKeys> {
		if (!Number.isInteger(row) || row < 0 || row >= shown.table.numRows())
			throw new RangeError('row');
		let names = this.#chosen.get(shown);
		if (!names) {
			const end = this.#platform.now() + this.#limits.keysMs;
			const late = (): boolean => this.#platform.now() >= end;
			names = await this.#run(keyColumnsOf(shown, late), there);
			this.#chosen.set(shown, names);
		}
		const keys = keysOfRow(shown, names, row);
		const [place] = await this.locate(shown, [{ keys, column: null }], there);
		const [asked] = column === null ? [] : keysOfRow(shown, [column], row);
		return { keys, alone: place?.row === row && !place.several, value: asked?.value ?? null };
	}

	/** @throws RangeError for too many, GoneError, AppError `unexpected` when it takes too long */
	locate(
		shown: ShownTable,
		wanted: readonly RowWanted[],
		there: () => boolean
	): Promise<RowPlace[]> {
		if (wanted.length > this.#limits.locatedRows) throw new RangeError('wanted');
		return this.#run(locateRows(shown, wanted), there);
	}

	/** Of all its values. @throws GoneError, AppError `unexpected` when it takes too long */
	async digest(shown: ShownTable, there: () => boolean): Promise<string> {
		const known = this.#digests.get(shown) ?? (await this.#run(tableDigest(shown), there));
		this.#digests.set(shown, known);
		return known;
	}

	#run<T>(steps: Steps<T>, there: () => boolean): Promise<T> {
		const platform = this.#platform;
		const end = platform.now() + this.#limits.locateMs;
		let last = platform.now();
		return runSteps(steps, () => {
			const time = platform.now();
			if (time > end) throw new AppError('unexpected');
			if (time - last < WORK_MS) return undefined;
			return new Promise<void>((done) => platform.soon(done)).then(() => {
				if (!there()) throw new GoneError('gone');
				last = platform.now();
			});
		});
	}
}
