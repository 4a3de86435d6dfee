/**
 * A chain seen step by step: each of its texts is run with what its cell would be given, and what comes of it is kept
 * under a handle. Beside the notebook: no cell takes these tables, nothing publishes them. What a text gives is kept
 * for as long as it, what it follows and what it was given stay the same: an edit runs what comes after it alone.
 */
import { ColumnTable } from 'arquero';
import { analyseCell, type CellAnalysis } from '../../core/analysis/cell.ts';
import { AppError, GoneError } from '../../core/errors.ts';
import type { Lineage, LineageSource } from '../../core/governance/terms.ts';
import {
	LIMITS,
	type CellError,
	type HostMessage,
	type Picture
} from '../../core/protocol/messages.ts';
import type { MatchedColumns } from '../../core/pipeline/step.ts';
import type {
	JoinMatches,
	Preview,
	PreviewEnd,
	PreviewStage
} from '../../core/protocol/preview.ts';
import { givenTo, lineageOf, taintInputs } from './cell-lineage.ts';
import { inputNamed, type CellNode } from './cell-node.ts';
import type { CellRun } from './cell-run.ts';
import { compileCell } from './compile.ts';
import type { Engine } from './engine.ts';
import { cellErrorOf } from './failure.ts';
import type { Given } from './group-floors.ts';
import { joinMatches } from './join-matches.ts';
import { setRunning } from './lineage.ts';
import { isThenable } from './live.ts';
import type { Workbench } from './workbench.ts';

export interface PreviewPlatform {
	/** Milliseconds, monotonic. */
	now(): number;
	/** Runs the task in a later turn of the event loop, soon. */
	soon(task: () => void): void;
}

type Asked = Omit<Extract<HostMessage, { type: 'preview' }>, 'type' | 'request'>;
type Limits = Readonly<Record<'previews' | 'previewSteps' | 'previewCells', number>>;

/** Milliseconds of work between two looks at what the host says. */
const WORK_MS = 12;

/** What one text gave, after what it follows. Shared by the previews of a cell that begin alike. */
interface Stage {
	readonly cell: string;
	readonly before: Stage | null;
	readonly text: string;
	readonly run: PreviewRun;
	/** The notebook's names that the text uses, and what they stood for. */
	readonly given: readonly (readonly [name: string, value: unknown])[];
	readonly table: ColumnTable;
	readonly shown: PreviewStage;
	/** Rows by columns that this stage has and the one before has not. */
	readonly cells: number;
	/** Previews that hold it, and those that are being made of it. */
	holders: number;
}

interface Open {
	readonly cell: string;
	stages: readonly Stage[];
	/** Ends the request that is under way: another took its place, or nobody looks any more. */
	stop: () => void;
}

const ignore = (): void => undefined;
/** Read anew each time: it changes while something is awaited. */
const isSet = (flag: boolean): boolean => flag;
const hold = (stage: Stage): Stage => {
	stage.holders++;
	return stage;
};

/** Why a chain goes no further. */
class Ended extends Error {
	readonly end: PreviewEnd;
	readonly error: CellError | null;
	readonly picture: Picture | null;
	constructor(end: PreviewEnd, error: CellError | null = null, picture: Picture | null = null) {
		super(end);
		this.end = end;
		this.error = error;
		this.picture = picture;
	}
}

export class Previews {
	readonly #engine: Engine;
	readonly #workbench: Workbench;
	readonly #platform: PreviewPlatform;
	readonly #limits: Limits;
	readonly #open = new Map<number, Open>();
	readonly #stages = new Set<Stage>();

	/** @param limits for tests: the protocol's otherwise */
	constructor(
		engine: Engine,
		workbench: Workbench,
		platform: PreviewPlatform,
		limits: Limits = LIMITS
	) {
		this.#engine = engine;
		this.#workbench = workbench;
		this.#platform = platform;
		this.#limits = limits;
	}

	/** Previews and what they keep, for tests of what is released. */
	get held(): { previews: number; stages: number } {
		return { previews: this.#open.size, stages: this.#stages.size };
	}

	/**
	 * @param starting called before the first text is run
	 * @returns null where a later request took the place of this one
	 * @throws GoneError when the cell is gone or the preview closed, AppError `table_views_full`
	 */
	async show({ preview, cell, head, steps }: Asked, starting: () => void): Promise<Preview | null> {
		if (steps.length > this.#limits.previewSteps) throw new AppError('table_views_full');
		const open = this.#opened(preview, cell);
		open.stop();
		let stopped = false;
		const stop = new Promise<null>((resolve) => {
			open.stop = () => {
				stopped = true;
				resolve(null);
			};
		});
		const taken: Stage[] = [];
		let end: PreviewEnd = 'whole';
		let error: CellError | null = null;
		let picture: Picture | null = null;
		let worked: number | null = null;
		try {
			for (const text of [head, ...steps]) {
				const before = taken.at(-1) ?? null;
				let stage = this.#find(cell, before, text);
				if (!stage) {
					if (worked === null) {
						worked = this.#platform.now();
						starting();
					} else if (this.#platform.now() - worked >= WORK_MS) {
						await new Promise<void>((done) => this.#platform.soon(done));
						worked = this.#platform.now();
						if (isSet(stopped)) break;
					}
					const making = this.#make(cell, before, text);
					stage = await Promise.race([making, stop]);
					if (!stage || isSet(stopped)) {
						// A promise may never come; if it does, what came is let go.
						making.then((late) => this.#drop([hold(late)]), ignore);
						break;
					}
				}
				taken.push(hold(stage));
			}
		} catch (cause) {
			if (!(cause instanceof Ended)) {
				this.#drop(taken);
				throw cause;
			}
			({ end, error, picture } = cause);
		}
		if (isSet(stopped)) {
			this.#drop(taken);
			if (this.#open.get(preview) !== open) throw new GoneError('gone');
			return null;
		}
		const old = open.stages;
		open.stages = taken;
		this.#drop(old);
		return { stages: taken.map(({ shown }) => shown), end, error, ...(picture && { picture }) };
	}

	/** @throws GoneError where either table is not there (any more) */
	match(table: string, other: string, on: readonly MatchedColumns[]): JoinMatches {
		const right = this.#engine.slotOf(other)?.value;
		if (!(right instanceof ColumnTable)) throw new GoneError('gone');
		return joinMatches(this.#workbench.table(table), right, on);
	}

	close(preview: number): void {
		const open = this.#open.get(preview);
		if (!open) return;
		this.#open.delete(preview);
		open.stop();
		this.#drop(open.stages);
	}

	#opened(preview: number, cell: string): Open {
		const found = this.#open.get(preview);
		if (found && found.cell === cell) return found;
		this.close(preview);
		if (this.#open.size >= this.#limits.previews) throw new AppError('table_views_full');
		const open: Open = { cell, stages: [], stop: ignore };
		this.#open.set(preview, open);
		return open;
	}

	#drop(stages: readonly Stage[]): void {
		for (const stage of stages) {
			stage.holders--;
			if (stage.holders > 0) continue;
			this.#stages.delete(stage);
			this.#workbench.release([stage.shown.table]);
			stage.run.end();
		}
	}

	/** What the same text gave after the same stage, if what it was given is what it would be given now. */
	#find(cell: string, before: Stage | null, text: string): Stage | null {
		for (const stage of this.#stages) {
			if (stage.cell !== cell || stage.before !== before || stage.text !== text) continue;
			const fresh = stage.given.every(([name, value]) => {
				const slot = this.#engine.slotOf(name);
				return slot?.status === 'ready' && Object.is(slot.value, value);
			});
			if (fresh) return stage;
		}
		return null;
	}

	async #make(cell: string, before: Stage | null, text: string): Promise<Stage> {
		const { analysis, stand } = read(text, before !== null);
		const { node, error, waiting } = this.#engine.aside(cell, without(analysis, stand));
		if (error) throw new Ended('failed', inText(error, stand));
		if (waiting) throw new Ended('waiting');
		if (!analysis.expression) throw new Ended('no_table');

		const given = node.inputs.flatMap((input) =>
			typeof input === 'string' ? [] : [[input.name, input.value] as const]
		);
		const values = new Map<string, unknown>(given);
		if (before) {
			values.set(stand, before.table);
			// As in the cell: what a step makes can come from all that the chain was given until then.
			node.inputs = [...new Set([...before.run.node.inputs, ...node.inputs])];
			node.files = before.run.node.files;
		}
		const run = new PreviewRun(node);
		const start = this.#platform.now();
		try {
			const table = await this.#call(run, analysis, values);
			if (!(table instanceof ColumnTable)) throw this.#other(table, run);
			const ms = this.#platform.now() - start;
			return this.#keep({ cell, before, text, run, given, table }, ms);
		} catch (cause) {
			run.end();
			if (cause instanceof Ended || cause instanceof AppError) throw cause;
			const inputs = [...values.values()];
			throw new Ended('failed', inText(cellErrorOf(cause, node, inputs), stand));
		}
	}

	/** What is no table is nothing that a chain goes on from; a picture is shown. */
	#other(value: unknown, run: PreviewRun): Ended {
		const picture = this.#workbench.picture(value, run);
		return picture ? new Ended('picture', null, picture) : new Ended('no_table');
	}

	/** The text's value: awaited only where it has to be. */
	#call(
		run: PreviewRun,
		analysis: CellAnalysis,
		values: ReadonlyMap<string, unknown>
	): PromiseLike<unknown> | unknown {
		const before = setRunning(run);
		try {
			const call = compileCell({ id: run.id, analysis });
			const args = analysis.inputs.map((name) =>
				values.has(name) ? values.get(name) : this.#builtin(name, run)
			);
			const value = Reflect.apply(call, undefined, args);
			taintInputs(run.node, run);
			if (!isThenable(value)) return value;
			return value.then((come) => {
				// It may have read files since.
				taintInputs(run.node, run);
				return come;
			});
		} finally {
			setRunning(before);
		}
	}

	/** As in a cell, but that nothing is shown and no control is made. */
	#builtin(name: string, run: PreviewRun): unknown {
		if (name === 'display') return (value: unknown) => value;
		if (name === 'view')
			return (): never => {
				throw new Ended('no_table');
			};
		return this.#workbench.builtin(name, run);
	}

	#keep(made: Omit<Stage, 'shown' | 'cells' | 'holders'>, ms: number): Stage {
		const { before, table, run } = made;
		const cells = before ? addedCells(before.table, table) : 0;
		let held = cells;
		for (const stage of this.#stages) held += stage.cells;
		if (held > this.#limits.previewCells) throw new AppError('table_views_full');
		const output = this.#workbench.describe(table, run);
		if (output.kind !== 'table') throw new Ended('no_table');
		const { table: handle, rows, columns } = output;
		const shown: PreviewStage = { table: handle, rows, columns, ms };
		const stage: Stage = { ...made, shown, cells, holders: 0 };
		this.#stages.add(stage);
		return stage;
	}
}

/** Cells of the columns that one table has and the other has not. */
function addedCells(before: ColumnTable, table: ColumnTable): number {
	const columns = (of: ColumnTable): unknown[] => of.columnNames().map((name) => of.column(name));
	const old = new Set(columns(before));
	return columns(table).filter((column) => !old.has(column)).length * table.totalRows();
}

/** A text as an expression: a step's goes on from a name, which no text has. */
function read(text: string, follows: boolean): { analysis: CellAnalysis; stand: string } {
	let stand = follows ? 'avant$' : '';
	while (follows && text.includes(stand)) stand += '$';
	return { analysis: analyseCell(stand + text, 'js'), stand };
}

/** The analysis as the notebook sees it: the name that a step goes on from is none of the notebook's. */
const without = (analysis: CellAnalysis, stand: string): CellAnalysis => ({
	...analysis,
	inputs: analysis.inputs.filter((name) => name !== stand),
	uses: analysis.uses.filter(({ name }) => name !== stand)
});

const inText = (error: CellError, stand: string): CellError =>
	error.line === 1 && error.column !== null
		? { ...error, column: Math.max(1, error.column - stand.length) }
		: error;

/** The run of one text, as built-ins and lineage see it: of its cell, and of no place on the page. */
class PreviewRun implements CellRun {
	readonly node: CellNode;
	#cleanups: (() => void)[] | null = [];

	constructor(node: CellNode) {
		this.node = node;
	}

	get id(): string {
		return this.node.id;
	}
	get live(): boolean {
		return this.#cleanups !== null;
	}
	lineage(): Lineage {
		return lineageOf(this.node);
	}
	given(): Given {
		return givenTo(this.node);
	}
	show(): void {
		// Nobody sees what it would show.
	}
	onDispose(cleanup: () => void): void {
		if (this.#cleanups) this.#cleanups.push(cleanup);
		else cleanup();
	}
	keep(): void {
		// The stage has the handle.
	}
	addFile(source: LineageSource): void {
		if (this.node.files.includes(source)) return;
		this.node.files = [...this.node.files, source];
		this.node.lineageMemo = null;
	}
	nextControl(): number {
		return 0;
	}
	inputValues(): unknown[] {
		return this.node.inputs.flatMap((input) => (typeof input === 'string' ? [] : [input.value]));
	}

	get source(): string {
		return this.node.analysis.source;
	}
	input(name: string): unknown {
		return inputNamed(this.node, name);
	}

	/** Nothing holds what it gave any more. */
	end(): void {
		const cleanups = this.#cleanups ?? [];
		this.#cleanups = null;
		for (const cleanup of cleanups) {
			try {
				cleanup();
			} catch {
				// The text's own clean-up failed: it is over all the same.
			}
		}
	}
}
