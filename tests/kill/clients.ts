/**
 * A process of people who edit: the page's own connection (`NotebookConnection`), over real sockets. Each edit is one
 * token, or takes a few old ones away; what the server acknowledged is read where the page reads it.
 */
import './compile-runes.ts';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { cellText, deleteCell, insertCell } from '../../src/lib/collab/document.ts';
import { toCell } from '../../src/lib/core/notebook/notebook.ts';
import { seeded } from '../support/seeded.ts';
import type { FromClients, Made, ToClients, Writer } from './messages.ts';

// What a browser tells the page of the network.
const browser = new EventTarget();
setMaxListeners(0, browser);
Object.assign(globalThis, { window: browser });
const { NotebookConnection } = await import('../../src/lib/client/notebook-connection.svelte.ts');
const { memoryDrafts } = await import('../../src/lib/client/draft-store.ts');

const TICK = 10;
/** One edit in so many takes tokens away; one makes a cell of its own. */
const DROP = 10;
const CELL = 25;
/** Edits of a writer that await their answer, at most. */
const BACKLOG = 60;
/** Tokens of a writer that stay. */
const KEPT = 60;

let random: () => number = Math.random;
let sockets: WebSocket[] = [];
let finishing = false;
let delays: number[] = [];

class Person {
	readonly #connection: InstanceType<typeof NotebookConnection>;
	readonly #number: number;
	/** `at`: when it was made, if the server was there to answer. */
	readonly #made: { edit: Made; at: number | null; cuts: number }[] = [];
	readonly #standing: string[] = [];
	#reported = 0;
	#seen = 0;
	#cuts = 0;
	ready = false;

	constructor({ number, notebookId, cookie }: Writer, url: string, origin: string) {
		this.#number = number;
		const cut = () => this.#cuts++;
		class Socket extends WebSocket {
			constructor(address: string) {
				super(address, { headers: { origin, cookie } });
				sockets.push(this);
				this.on('error', () => {});
				this.once('close', cut);
			}
		}
		this.#connection = new NotebookConnection({
			notebookId,
			writable: true,
			url,
			drafts: memoryDrafts(),
			socket: Socket as unknown as typeof globalThis.WebSocket
		});
		void this.#connection.synced.then(() => (this.ready = true));
	}

	get made(): number {
		return this.#made.length;
	}
	get acknowledged(): number {
		const acknowledged = this.#made.length - this.#connection.unsaved;
		const now = performance.now();
		for (; this.#seen < acknowledged; this.#seen++) {
			const edit = this.#made[this.#seen];
			if (edit && edit.at !== null && edit.cuts === this.#cuts) delays.push(now - edit.at);
		}
		return acknowledged;
	}

	edit(): void {
		const { doc, status } = this.#connection;
		const at = status === 'online' ? performance.now() : null;
		const count = this.#made.length + 1;
		const text = cellText(doc, 'a');
		if (!text) throw new Error('the cell is gone');
		const drops = this.#standing.length > KEPT && count % DROP === 0;
		const edit = doc.transact((): Made => {
			if (drops) {
				const dropped = this.#standing.splice(0, 2 * DROP);
				for (const token of dropped) {
					const found = text.toString().indexOf(token);
					if (found >= 0) text.delete(found, token.length);
					else deleteCell(doc, cellOf(token));
				}
				return { drop: dropped };
			}
			const token = `<${this.#number}.${count}>`;
			if (count % CELL === 0) insertCell(doc, 0, toCell({ id: cellOf(token), source: token }));
			else text.insert(random() < 0.5 ? 0 : text.length, token);
			this.#standing.push(token);
			return { put: token };
		});
		this.#made.push({ edit, at, cuts: this.#cuts });
	}

	report(): FromClients['writers'][number] {
		const made = this.#made.slice(this.#reported).map(({ edit }) => edit);
		this.#reported = this.#made.length;
		return { made, acknowledged: this.acknowledged };
	}
}

const cellOf = (token: string): string => `t${token.slice(1, -1).replace('.', '-')}`;

let people: Person[] = [];

async function live(rate: number | null): Promise<void> {
	while (people.some(({ ready }) => !ready)) await pause(TICK);
	const began = people.map(
		(_, i) => performance.now() + (rate ? (i * 1000) / rate / people.length : 0)
	);
	while (!finishing) {
		const now = performance.now();
		people.forEach((person, i) => {
			const { acknowledged, made } = person;
			if (rate === null) {
				if (acknowledged === made) person.edit();
				return;
			}
			// Someone who sees nothing saved for some seconds stops, and goes on from there.
			if (made - acknowledged >= BACKLOG) {
				began[i] = now - (made * 1000) / rate;
				return;
			}
			const due = Math.floor(((now - (began[i] ?? 0)) * rate) / 1000);
			// A process that was held up catches up a little at a time.
			for (let n = 0; n < 3 && person.made < due; n++) person.edit();
		});
		await pause(rate === null ? 0 : TICK);
	}
}

function report(): void {
	const writers = people.map((person) => person.report());
	process.send?.({ writers, delays } satisfies FromClients);
	delays = [];
}

process.on('message', (message: ToClients) => {
	switch (message.say) {
		case 'start': {
			const { url, origin, writers, rate, seed } = message;
			random = seeded(seed);
			people = writers.map((writer) => new Person(writer, url, origin));
			void live(rate);
			return;
		}
		case 'up':
			return void browser.dispatchEvent(new Event('online'));
		case 'report':
			return void (async () => {
				const open = ({ readyState }: WebSocket) =>
					readyState === WebSocket.OPEN || readyState === WebSocket.CLOSING;
				while (sockets.some(open)) await pause(5);
				sockets = sockets.filter(({ readyState }) => readyState === WebSocket.CONNECTING);
				report();
			})();
		case 'finish':
			return void (async () => {
				while (people.some(({ made }) => made < message.after)) await pause(TICK);
				finishing = true;
				while (people.some(({ acknowledged, made }) => acknowledged < made)) await pause(TICK);
				report();
			})();
	}
});
process.on('disconnect', () => process.exit(0));
