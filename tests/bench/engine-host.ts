/** The host of the engine's benches: a whole session without the port to a page, and the ticket sales that it is given. */
import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import type { LineageSource } from '../../src/lib/core/governance/terms.ts';
import type {
	CellSource,
	HostMessage,
	Output,
	TableWindow,
	WorkerMessage
} from '../../src/lib/core/protocol/messages.ts';
import { startSession } from '../../src/lib/sandbox/worker/session.ts';
import { BenchError } from './figure.ts';

export const cell = (id: string, source: string): CellSource => ({ id, mode: 'js', source });

/** Hears what the session says, and waits for what a cell shows next. */
export class Host {
	readonly #session = startSession(
		{
			send: (message) => this.#hear(message),
			now: () => performance.now(),
			soon: (task) => void setImmediate(task),
			frame: (task) => void setTimeout(task, 16)
		},
		{ make: () => ({}), picture: () => null }
	);
	readonly #file: { bytes: ArrayBuffer; source: LineageSource } | null;
	readonly #shown = new Map<string, readonly Output[]>();
	readonly #waiting = new Map<string, () => void>();
	#windows: TableWindow | null = null;

	constructor(file: { bytes: ArrayBuffer; source: LineageSource } | null = null) {
		this.#file = file;
	}

	receive(message: HostMessage): void {
		if (message.type === 'input') this.#shown.delete('shown');
		this.#session.receive(message);
	}

	/** What the cell shows, as soon as it does. */
	async #first(id: string): Promise<Output> {
		while (!this.#shown.get(id)?.[0])
			await new Promise<void>((resolve) => this.#waiting.set(id, resolve));
		const output = this.#shown.get(id)?.[0];
		if (!output) throw new BenchError(`${id} shows nothing`);
		return output;
	}

	async control(id: string): Promise<string> {
		const output = await this.#first(id);
		if (output.kind !== 'control') throw new BenchError(`${id} is no control`);
		return output.control;
	}
	async value(id: string): Promise<string> {
		const output = await this.#first(id);
		if (output.kind !== 'value') throw new BenchError(`${id} is no value`);
		return output.value.text;
	}
	async table(id: string): Promise<TableWindow['columns']> {
		const output = await this.#first(id);
		if (output.kind !== 'table') throw new BenchError(`${id} is no table`);
		this.#windows = null;
		const { table, rows: count } = output;
		this.receive({ type: 'window', request: 1, table, offset: 0, count, columns: null });
		// The answer is said before `receive` returns.
		const window = this.#windows as TableWindow | null;
		if (!window) throw new BenchError(`${id} has no rows`);
		return window.columns;
	}

	#hear(message: WorkerMessage): void {
		if (message.type === 'need-file' && this.#file)
			this.#session.receive({ type: 'file', name: message.name, ...this.#file });
		else if (message.type === 'outputs') {
			this.#shown.set(message.cell, message.outputs);
			this.#waiting.get(message.cell)?.();
		} else if (message.type === 'reply' && message.ok) this.#windows = message.value as TableWindow;
		else if (message.type === 'states')
			for (const { id, error } of message.states)
				if (error) throw new BenchError(`${id}: ${error.code} ${JSON.stringify(error.details)}`);
	}
}

/** A chain of ten cells over the sales, from a control's value to twelve rows. */
export const STEPS = [
	'const t1 = ventes.params({seuil}).filter((d, $) => d.prix > $.seuil);',
	'const t2 = t1.derive({revenu: d => d.prix * d.billets});',
	'const t3 = t2.derive({parBillet: d => d.revenu / d.billets});',
	'const t4 = t3.filter(d => d.parBillet < 190);',
	'const t5 = t4.select("salle", "mois", "revenu", "billets");',
	'const t6 = t5.groupby("mois");',
	'const t7 = t6.rollup({revenu: d => op.sum(d.revenu), billets: d => op.sum(d.billets)});',
	'const t8 = t7.derive({moyen: d => d.revenu / d.billets});',
	'const t9 = t8.orderby(aq.desc("moyen"));',
	'const t10 = t9.slice(0, 12);'
];

/** The notebook of that chain: the sales, the control `seuil`, the ten cells, and `shown`, which shows the last. */
export const chainCells = (): CellSource[] => [
	cell('ventes', 'const ventes = FileAttachment("ventes@1.arrow").arquero()'),
	cell('seuil', 'const seuil = view(Inputs.range([0, 200], {value: 10, step: 1}))'),
	...STEPS.map((source, i) => cell(`t${i + 1}`, source)),
	cell('shown', 't10')
];

/** Ticket sales: a text of few values, and numbers; the same at each run. */
export function sales(rows: number): ArrayBuffer {
	let state = 1;
	const next = (below: number): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
	const column = (below: number): Float64Array =>
		Float64Array.from({ length: rows }, () => 1 + next(below));
	const salles = Array.from({ length: rows }, () => `Salle ${next(12)}`);
	const table = tableFromArrays({
		salle: salles,
		mois: column(12),
		prix: column(200),
		billets: column(6)
	});
	const bytes = tableToIPC(table, { format: 'file' });
	if (!bytes) throw new BenchError('no Arrow bytes');
	return bytes.slice().buffer;
}

export const sourceOf = (rows: number): LineageSource => ({
	datasetId: 'ventes',
	slug: 'ventes',
	version: 1,
	hash: 'ventes',
	title: 'Ventes',
	organisation: '',
	licence: 'CC-BY-4.0',
	publication: 'nothing',
	synthetic: true,
	rows
});
