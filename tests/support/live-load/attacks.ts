/** What a program that was let into a notebook, as an editor, can send to harm it, its server or the others in it. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { cellText, insertCell, setTitle } from '../../../src/lib/collab/document.ts';
import { toCell } from '../../../src/lib/core/notebook/notebook.ts';

export interface Target {
	readonly url: string;
	readonly origin: string;
	readonly cookie: string;
	readonly document: string;
}

/** A socket that spoke its way in and has the document, then sends what it likes. */
export class Intruder {
	readonly doc = new Y.Doc();
	readonly socket: WebSocket;
	readonly target: Target;
	/** The code that it was closed with. */
	readonly closed: Promise<number>;
	acknowledged = 0;

	private constructor(target: Target) {
		this.target = target;
		this.socket = new WebSocket(target.url, {
			headers: { origin: target.origin, cookie: target.cookie }
		});
		this.socket.on('error', () => {});
		this.closed = new Promise((resolve) => this.socket.once('close', resolve));
	}

	/** Null where it is not let in. */
	static async enter(target: Target): Promise<Intruder | null> {
		const intruder = new Intruder(target);
		const { socket, doc } = intruder;
		const opened = await Promise.race([
			new Promise<boolean>((resolve) => socket.once('open', () => resolve(true))),
			intruder.closed.then(() => false)
		]);
		if (!opened) return null;
		const synced = new Promise<boolean>((resolve) => {
			socket.on('message', (data: Buffer) => {
				const decoder = decoding.createDecoder(data);
				if (data.length < 28) return;
				decoding.readVarString(decoder);
				const type = decoding.readVarUint(decoder);
				if (type === 8) intruder.acknowledged++;
				if (type !== 0 || decoding.readVarUint(decoder) === 0) return;
				Y.applyUpdate(doc, decoding.readVarUint8Array(decoder), intruder);
				resolve(true);
			});
		});
		intruder.say(2, (e) => {
			encoding.writeVarUint(e, 0);
			encoding.writeVarString(e, '');
		});
		intruder.sync(0, Y.encodeStateVector(doc));
		return (await Promise.race([synced, intruder.closed.then(() => false)])) ? intruder : null;
	}

	say(type: number, write: (encoder: encoding.Encoder) => void): void {
		this.socket.send(frameOf(this.target.document, type, write));
	}
	sync(step: number, payload: Uint8Array): void {
		this.say(0, (e) => {
			encoding.writeVarUint(e, step);
			encoding.writeVarUint8Array(e, payload);
		});
	}
	/** What a change of its own to the document reads as. */
	edit(change: (doc: Y.Doc) => void): Uint8Array {
		const parts: Uint8Array[] = [];
		const keep = (part: Uint8Array) => parts.push(part);
		this.doc.on('update', keep);
		change(this.doc);
		this.doc.off('update', keep);
		return Y.mergeUpdates(parts);
	}
}

export function frameOf(
	document: string,
	type: number,
	write: (encoder: encoding.Encoder) => void
): Uint8Array {
	const e = encoding.createEncoder();
	encoding.writeVarString(e, document);
	encoding.writeVarUint(e, type);
	write(e);
	return encoding.toUint8Array(e);
}

function bytes(
	write: (e: encoding.Encoder, uint: (...numbers: number[]) => void) => void
): Uint8Array {
	const e = encoding.createEncoder();
	write(e, (...numbers) => {
		for (const n of numbers) encoding.writeVarUint(e, n);
	});
	return encoding.toUint8Array(e);
}
/** Sends what can be sent until the socket is closed, as fast as it is taken. */
async function flood(intruder: Intruder, send: (i: number) => void): Promise<void> {
	const { socket } = intruder;
	for (let i = 0; i < 200_000 && socket.readyState === socket.OPEN; i++) {
		send(i);
		if (i % 200 === 0 || socket.bufferedAmount > 2 ** 22)
			await new Promise((resolve) => setImmediate(resolve));
	}
}
/** A value under the title's name, of any shape. */
const title = (write: (e: encoding.Encoder, uint: (...n: number[]) => void) => void) =>
	bytes((e, uint) => {
		uint(1, 1, 77, 0);
		encoding.writeUint8(e, 8 | 32);
		uint(1);
		encoding.writeVarString(e, 'meta');
		encoding.writeVarString(e, 'title');
		write(e, uint);
		uint(0);
	});
const startOf = ({ doc }: Intruder): Y.ID => cellText(doc, 'a')?._start?.id ?? Y.createID(1, 0);

/** By what they try; each is to end with its socket closed by the server. */
export const ATTACKS: Readonly<Record<string, (intruder: Intruder) => void | Promise<void>>> = {
	'a frame of a hundred megabytes': ({ socket }) => socket.send(Buffer.alloc(100_000_000)),
	'a hundred megabytes in fragments': ({ socket }) => {
		for (let i = 0; i < 100; i++) socket.send(Buffer.alloc(1_000_000), { fin: i === 99 });
	},
	'letters that Yjs walks over for minutes': (intruder) => {
		const { client, clock } = startOf(intruder);
		intruder.sync(
			2,
			bytes((e, uint) => {
				uint(1, 19_000, 77, 0);
				for (let i = 0; i < 19_000; i++) {
					encoding.writeUint8(e, 4 | 64);
					uint(client, clock + i);
					encoding.writeVarString(e, 'a');
				}
				uint(0);
			})
		);
	},
	'a title set thousands of times as if nothing were before it': (intruder) =>
		intruder.sync(
			2,
			bytes((e, uint) => {
				uint(1, 19_000, 77, 0);
				for (let i = 0; i < 19_000; i++) {
					encoding.writeUint8(e, 8 | 32);
					uint(1);
					encoding.writeVarString(e, 'meta');
					encoding.writeVarString(e, 'title');
					uint(1);
					encoding.writeUint8(e, 119);
					encoding.writeVarString(e, 'z');
				}
				uint(0);
			})
		),
	'every other letter deleted': (intruder) => {
		const { client, clock } = startOf(intruder);
		intruder.sync(
			2,
			bytes((_e, uint) => {
				uint(0, 1, client, 150_000);
				for (let i = 0; i < 150_000; i++) uint(clock + 2 * i, 1);
			})
		);
	},
	'deletions by the half million': (intruder) =>
		intruder.sync(
			2,
			bytes((_e, uint) => {
				uint(0, 1, 5, 500_000);
				for (let i = 0; i < 500_000; i++) uint(0, 1);
			})
		),
	'half a million structs of nothing': (intruder) =>
		intruder.sync(
			1,
			bytes((e, uint) => {
				uint(1, 500_000, 77, 0);
				for (let i = 0; i < 500_000; i++) {
					encoding.writeUint8(e, 0);
					uint(1);
				}
				uint(0);
			})
		),
	'a struct that claims two thousand million letters': (intruder) =>
		intruder.sync(
			2,
			bytes((e, uint) => {
				uint(1, 1, 77, 0);
				encoding.writeUint8(e, 0);
				uint(2 ** 31, 0);
			})
		),
	'a hole': (intruder) => {
		const [one, , three] = ['un', 'deux', 'trois'].map((word) =>
			intruder.edit((doc) => setTitle(doc, word))
		);
		if (one && three) intruder.sync(2, Y.mergeUpdates([one, three]));
	},
	'bytes of another encoding': (intruder) =>
		intruder.sync(2, Y.convertUpdateFormatV1ToV2(intruder.edit((doc) => setTitle(doc, 'v2')))),
	'thousands of writers': (intruder) =>
		intruder.sync(
			2,
			bytes((e, uint) => {
				uint(5_000);
				for (let i = 0; i < 5_000; i++) {
					uint(1, 1_000_000 + i, 0);
					encoding.writeUint8(e, 0);
					uint(1);
				}
				uint(0);
			})
		),
	'a value a million deep': (intruder) =>
		intruder.sync(
			2,
			title((e, uint) => {
				uint(1);
				for (let i = 0; i < 450_000; i++) {
					encoding.writeUint8(e, 117);
					uint(1);
				}
				encoding.writeUint8(e, 126);
			})
		),
	'half a million objects for a title': (intruder) =>
		intruder.sync(
			2,
			title((e, uint) => {
				uint(500_000);
				for (let i = 0; i < 500_000; i++) {
					encoding.writeUint8(e, 118);
					uint(0);
				}
			})
		),
	'a state vector of a hundred thousand': (intruder) =>
		intruder.sync(
			0,
			bytes((_e, uint) => {
				uint(100_000);
				for (let i = 0; i < 100_000; i++) uint(2 ** 28 + i, 1);
			})
		),
	'more text than there is room for': (intruder) =>
		intruder.sync(
			2,
			intruder.edit((doc) => cellText(doc, 'a')?.insert(0, 'x'.repeat(900_000)))
		),
	'more cells than there is room for': (intruder) =>
		intruder.sync(
			2,
			intruder.edit((doc) => {
				for (let i = 0; i < 600; i++) insertCell(doc, 0, toCell({ id: `z${i}`, source: '' }));
			})
		),
	'a flood of keystrokes': (intruder) =>
		flood(intruder, (i) =>
			intruder.sync(
				2,
				intruder.edit((doc) => cellText(doc, 'b')?.insert(0, i % 40 === 39 ? '\n' : 'q'))
			)
		),
	'a flood of questions': (intruder) => flood(intruder, () => intruder.sync(0, Uint8Array.of(0))),
	'a flood of what is known': (intruder) => {
		const all = Y.encodeStateAsUpdate(intruder.doc);
		return flood(intruder, () => intruder.sync(1, all));
	},
	'a flood of presence': (intruder) =>
		flood(intruder, (i) =>
			intruder.say(1, (e) =>
				encoding.writeVarUint8Array(
					e,
					bytes((inner, uint) => {
						uint(1, intruder.doc.clientID, i);
						encoding.writeVarString(inner, JSON.stringify({ cell: 'a', i }));
					})
				)
			)
		),
	'a flood of tokens': (intruder) =>
		flood(intruder, () =>
			intruder.say(2, (e) => {
				encoding.writeVarUint(e, 0);
				encoding.writeVarString(e, 'x');
			})
		),
	'a flood of heartbeats': (intruder) =>
		flood(intruder, () => intruder.socket.send(Uint8Array.of(10))),
	'questions whose answers are not read': async (intruder) => {
		intruder.socket.pause();
		for (let i = 0; i < 74; i++) intruder.sync(0, Uint8Array.of(0));
		await new Promise((resolve) => setTimeout(resolve, 300));
		intruder.socket.resume();
	}
};
