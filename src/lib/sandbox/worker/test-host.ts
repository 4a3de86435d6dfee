/** A host for tests: a session at the other end of real ports, and what was heard from it. */
import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import type { LineageSource } from '../../core/governance/terms.ts';
import type {
	CellError,
	CellFacts,
	CellSource,
	CellState,
	HostMessage,
	Output,
	Reply,
	WorkerMessage
} from '../../core/protocol/messages.ts';
import type { Session } from './session.ts';
import { startSession } from './session.ts';
import type { Charts } from './workbench.ts';

const NO_CHARTS: Charts = { make: () => ({}), picture: () => null };

type Question =
	Extract<HostMessage, { request: number }> extends infer M
		? M extends { request: number }
			? Omit<M, 'request'>
			: never
		: never;

export class TestHost {
	readonly heard: WorkerMessage[] = [];
	readonly states = new Map<string, CellState>();
	readonly outputs = new Map<string, readonly Output[]>();
	facts: readonly CellFacts[] = [];
	/** Bytes and sources that the host answers with. */
	readonly files = new Map<string, { bytes: ArrayBuffer; source: LineageSource }>();
	/** What the host says of a file that it does not have: `not_found`, unless this says more. */
	missing: { code?: string; details?: CellError['details'] } = {};
	readonly session: Session;
	readonly #channel = new MessageChannel();
	readonly #replies = new Map<number, (message: WorkerMessage) => void>();
	#waiting: { test: () => boolean; resolve: () => void }[] = [];
	#request = 0;

	constructor(charts: Charts = NO_CHARTS) {
		const { port1, port2 } = this.#channel;
		this.session = startSession(
			{
				send: (message) => port2.postMessage(message),
				now: () => performance.now(),
				soon: (task) => void setImmediate(task),
				frame: (task) => void setTimeout(task, 1)
			},
			charts
		);
		port2.onmessage = ({ data }: MessageEvent<HostMessage>) => this.session.receive(data);
		port1.onmessage = ({ data }: MessageEvent<WorkerMessage>) => this.#hear(data);
	}

	send(message: HostMessage): void {
		this.#channel.port1.postMessage(message);
	}

	close(): void {
		this.#channel.port1.close();
	}

	/** Gives a notebook (text for Markdown begins with #) and waits until all is settled. */
	async cells(sources: Record<string, string>, held: string[] = []): Promise<void> {
		const cells: CellSource[] = Object.entries(sources).map(([id, source]) => ({
			id,
			source,
			mode: source.startsWith('#') ? 'md' : 'js'
		}));
		const ids = new Set(cells.map(({ id }) => id));
		for (const id of [...this.states.keys()]) if (!ids.has(id)) this.states.delete(id);
		this.send({ type: 'cells', cells, held });
		await this.settled();
	}

	/** Waits until the worker has nothing queued or running, and has said so. */
	async settled(): Promise<void> {
		await this.ask({ type: 'ping' });
		await this.until(
			() =>
				!this.session.engine.busy &&
				![...this.states.values()].some(({ state }) => state === 'queued' || state === 'running')
		);
		await this.ask({ type: 'ping' });
	}

	/** Waits for something to become true; looked at after each message. */
	until(test: () => boolean): Promise<void> {
		if (test()) return Promise.resolve();
		return new Promise((resolve) => this.#waiting.push({ test, resolve }));
	}

	async ask(question: Question): Promise<Reply> {
		const request = ++this.#request;
		const message = await new Promise<WorkerMessage>((resolve) => {
			this.#replies.set(request, resolve);
			this.send({ ...question, request } as HostMessage);
		});
		if (message.type !== 'reply') throw new Error('no reply');
		if (!message.ok) throw new Error(message.code);
		return message.value;
	}

	state(cell: string): string | undefined {
		return this.states.get(cell)?.state;
	}
	error(cell: string): CellError | null {
		return this.states.get(cell)?.error ?? null;
	}
	/** What a cell shows, values as their texts. */
	shown(cell: string): unknown[] {
		return (this.outputs.get(cell) ?? []).map((output) =>
			output.kind === 'value'
				? output.value.text
				: output.kind === 'text'
					? output.markdown
					: output
		);
	}
	/** How many times each cell has run. */
	runs(cell: string): number {
		return this.heard.filter((m) => m.type === 'running' && m.cell === cell).length;
	}

	/** A dataset version of these columns. */
	addFile(
		name: string,
		columns: Record<string, unknown[]>,
		more: Partial<LineageSource> = {}
	): LineageSource {
		const table = tableFromArrays(columns);
		const bytes = tableToIPC(table, { format: 'file' });
		if (!bytes) throw new Error('no bytes');
		const [slug = '', version = '1'] = name.replace(/\.arrow$/, '').split('@');
		const source: LineageSource = {
			datasetId: `id-${slug}`,
			slug,
			version: Number(version),
			hash: `hash-${name}`,
			title: slug,
			organisation: 'Organisme',
			licence: 'CC-BY-4.0',
			publication: 'nothing',
			synthetic: true,
			rows: table.numRows,
			...more
		};
		this.files.set(name, { bytes: bytes.slice().buffer, source });
		return source;
	}

	#hear(message: WorkerMessage): void {
		this.heard.push(message);
		switch (message.type) {
			case 'graph':
				this.facts = message.cells;
				break;
			case 'states':
				for (const state of message.states) this.states.set(state.id, state);
				break;
			case 'outputs':
				this.outputs.set(message.cell, message.outputs);
				break;
			case 'need-file': {
				const file = this.files.get(message.name);
				if (file) this.send({ type: 'file', name: message.name, ...file });
				else
					this.send({
						type: 'file-failed',
						name: message.name,
						code: 'not_found',
						...this.missing
					});
				break;
			}
			case 'reply':
				this.#replies.get(message.request)?.(message);
				this.#replies.delete(message.request);
		}
		this.#waiting = this.#waiting.filter(({ test, resolve }) => {
			if (!test()) return true;
			resolve();
			return false;
		});
	}
}
