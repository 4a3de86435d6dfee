/**
 * A report that its reader explores: its cells run in a worker of this page, on the rows that its data's terms let
 * anyone have, and its live blocks follow its controls. Nothing is kept or sent. Whatever fails, the published report
 * is what stands.
 */
/* eslint-disable svelte/prefer-svelte-reactivity -- these maps and sets are never read by a template */
import type {
	ControlDescription,
	ControlValue,
	Output,
	TableWindow
} from '../core/protocol/messages.ts';
import type { CellState, WorkerMessage } from '../core/protocol/messages.ts';
import { displayed, outputKey } from '../core/report/freeze.ts';
import { liveContent } from '../core/report/live.ts';
import {
	REPORT_LIMITS,
	REPORT_TABLE_ROWS,
	type Explorable,
	type ReportContent
} from '../core/report/report.ts';
import { settingOf, valueOf } from '../core/report/setting.ts';
import type { CellHost, HostReports } from './workspace.svelte.ts';

/** What an exploration asks of the sandbox; `SandboxHost` is the one there is. */
export type ExploreHost = Pick<CellHost, 'start' | 'setCells' | 'input' | 'window' | 'destroy'>;

/** A control as a cell of the report shows it now. */
export interface LiveControl {
	readonly control: string;
	readonly description: ControlDescription;
}

export class Exploration {
	readonly #published: ReportContent;
	readonly #explore: Explorable;
	readonly #host: ExploreHost;
	readonly #outputs = new Map<string, readonly Output[]>();
	readonly #states = new Map<string, CellState['state']>();
	/** What the reader, or the published setting, gave each control. */
	readonly #given = new Map<string, ControlValue>();
	/** The controls stand where the author left them: before that, results are those of their defaults. */
	#seeded = false;
	#turn = 0;
	#over = false;

	#content = $state.raw<ReportContent | null>(null);
	#controls = $state.raw<ReadonlyMap<string, readonly LiveControl[]>>(new Map());
	#computing = $state(true);
	#failed = $state<string | null>(null);
	#moves = $state(0);

	constructor(
		published: ReportContent,
		explore: Explorable,
		host: (on: HostReports) => ExploreHost
	) {
		this.#published = published;
		this.#explore = explore;
		this.#host = host({
			message: (message) => this.#take(message),
			// A worker that was replaced left cells without a result: the published ones come back instead.
			replaced: (code) => this.fail(code ?? 'sandbox_unresponsive'),
			failed: (code) => this.fail(code)
		});
		this.#host.setCells(explore.cells);
		// A refusal is told through `failed`.
		Promise.resolve(this.#host.start()).catch(() => {});
	}

	/** The report as it stands now; null until its cells have run, and once they failed: the published one is shown. */
	get content(): ReportContent | null {
		return this.#content;
	}
	/** Cells that could give nothing with these settings are among them. */
	readonly live: ReadonlySet<string> = $derived.by(
		() => new Set(this.#content ? this.#explore.live : [])
	);
	/** The controls of a cell, in the order of its published settings. */
	controls(cell: string): readonly LiveControl[] {
		return this.#content ? (this.#controls.get(cell) ?? []) : [];
	}
	/** Something runs. */
	get computing(): boolean {
		return this.#computing;
	}
	/** Why it is over, as an error code. */
	get failed(): string | null {
		return this.#failed;
	}
	/** Results that followed a move, so far: what a live region counts on to speak again. */
	get moves(): number {
		return this.#moves;
	}

	input(control: string, value: ControlValue): void {
		if (this.#over) return;
		this.#given.set(control, value);
		this.#computing = true;
		this.#turn++;
		this.#host.input(control, value);
	}

	/** Ends it: nothing runs any more, and the published report stands. @param code why */
	fail(code: string): void {
		if (this.#over) return;
		this.destroy();
		this.#content = null;
		this.#computing = false;
		this.#failed = code;
	}

	destroy(): void {
		this.#over = true;
		this.#host.destroy();
	}

	#take(message: WorkerMessage): void {
		if (this.#over) return;
		if (message.type === 'outputs') this.#outputs.set(message.cell, displayed(message.outputs));
		else if (message.type === 'states')
			for (const { id, state } of message.states) this.#states.set(id, state);
		else if (message.type === 'rest') void this.#settle();
	}

	async #settle(): Promise<void> {
		const turn = ++this.#turn;
		if (!this.#seeded) {
			this.#seeded = true;
			// Each result must be there once: what came with the page did run for its author.
			if (this.#explore.live.some((id) => this.#states.get(id) !== 'done'))
				return this.fail('unexpected');
			if (this.#seed()) return;
		}
		const cells = this.#explore.live.map((id) => ({
			id,
			kind: 'code' as const,
			source: '',
			outputs: this.#states.get(id) === 'done' ? (this.#outputs.get(id) ?? []) : []
		}));
		const windows = new Map<string, TableWindow>();
		try {
			for (const { outputs } of cells)
				for (const output of outputs)
					if (output.kind === 'table') {
						const columns = output.columns.slice(0, REPORT_LIMITS.columns).map(({ name }) => name);
						windows.set(
							output.table,
							await this.#host.window(output.table, 0, REPORT_TABLE_ROWS, columns)
						);
					}
		} catch {
			// A table that is gone was made again meanwhile: another rest follows.
			return;
		}
		if (turn !== this.#turn || this.#over) return;
		this.#controls = new Map(cells.map(({ id }) => [id, this.#controlsOf(id)]));
		this.#moves += this.#content === null ? 0 : 1;
		this.#content = liveContent(this.#published, this.#explore, cells, windows, this.#given);
		this.#computing = false;
	}

	/** Puts the controls where the report shows them; answers whether one moved. */
	#seed(): boolean {
		let moved = false;
		for (const { cell, outputs } of this.#published.blocks) {
			const settings = outputs.flatMap((output) =>
				output.kind === 'control' ? [output.setting] : []
			);
			this.#controlsOf(cell).forEach(({ control, description }, nth) => {
				const setting = settings[nth];
				const stands = JSON.stringify(settingOf(description, undefined));
				if (!setting || JSON.stringify(setting) === stands) return;
				const value = valueOf(description, setting);
				if (value === undefined) return;
				moved = true;
				this.#given.set(control, value);
				this.#host.input(control, value);
			});
		}
		return moved;
	}

	/** Those that have a setting, and that the author did not leave out. */
	#controlsOf(cell: string): LiveControl[] {
		const omitted = new Set(this.#explore.leftOut.map((one) => outputKey(one.cell, one.index)));
		return (this.#outputs.get(cell) ?? []).flatMap((output, index) => {
			if (output.kind !== 'control' || omitted.has(outputKey(cell, index))) return [];
			const { control, description } = output;
			return settingOf(description, undefined) ? [{ control, description }] : [];
		});
	}
}
