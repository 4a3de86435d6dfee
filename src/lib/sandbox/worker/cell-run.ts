/** A run of a cell, as the built-ins and outputs that are made for it see it. */
import type { Lineage } from '../../core/governance/terms.ts';
import type { Output } from '../../core/protocol/messages.ts';
import { givenTo, inputValues, lineageOf } from './cell-lineage.ts';
import { inputNamed, type CellNode } from './cell-node.ts';
import type { Given } from './group-floors.ts';
import type { LineageContext } from './lineage.ts';
import type { Reports } from './reports.ts';

/** A cell seen by the built-ins and outputs that are made for its present run. */
export interface CellRun extends LineageContext {
	/** false once the run is superseded. */
	readonly live: boolean;
	show(output: Output): void;
	/** Something to do when the run is over. */
	onDispose(cleanup: () => void): void;
	/** Keeps a handle (table, opened value) as long as the run's outputs are shown. */
	keep(handle: string): void;
	addFile(source: Lineage['sources'][number]): void;
	/** The number, from 0, of the next control shown by this run. */
	nextControl(): number;
	/** What the cell's inputs are: for suggestions. */
	inputValues(): unknown[];
	/** The cell's own text. */
	readonly source: string;
	/** The value of a name that other cells give it; undefined for any other. */
	input(name: string): unknown;
}

/** One run of one cell, as its built-ins see it. Made per run, it says whether that run still counts. */
export class RunHandle implements CellRun {
	readonly #reports: Reports;
	readonly #node: CellNode;
	readonly #run: number;

	constructor(reports: Reports, node: CellNode, run: number) {
		this.#reports = reports;
		this.#node = node;
		this.#run = run;
	}

	get id(): string {
		return this.#node.id;
	}
	get live(): boolean {
		return this.#node.run === this.#run;
	}
	lineage(): Lineage {
		return lineageOf(this.#node);
	}
	given(): Given {
		return givenTo(this.#node);
	}
	show(output: Output): void {
		this.#reports.show(this.#node, this.#run, output);
	}
	onDispose(cleanup: () => void): void {
		if (this.live) (this.#node.cleanups ??= []).push(cleanup);
		else cleanup();
	}
	keep(handle: string): void {
		this.#node.handles.push(handle);
	}
	addFile(source: Lineage['sources'][number]): void {
		if (!this.live || this.#node.files.includes(source)) return;
		this.#node.files = [...this.#node.files, source];
		this.#node.lineageMemo = null;
	}
	nextControl(): number {
		return this.#node.controls++;
	}
	inputValues(): unknown[] {
		return inputValues(this.#node);
	}
	get source(): string {
		return this.#node.analysis.source;
	}
	input(name: string): unknown {
		return inputNamed(this.#node, name);
	}
}
