/**
 * Who has a notebook open, and where (core/protocol/presence). The server does not pass on what screens say: it reads a
 * place from it, puts the person's name and colour beside it, and tells the room. A socket speaks for one Yjs client id,
 * which is nobody else's; with the socket ends what it said.
 *
 * Hocuspocus's own awareness is left unused. It parses each message into a document of its own, lets a socket speak for
 * any id, and sends each change on by itself: with 200 people in one notebook, each of their moves is 200 messages. Here
 * the moves of a moment go out together, and a state that stays the same costs nothing.
 */
import { and, eq } from 'drizzle-orm';
import {
	awarenessFrame,
	GONE,
	readEntries,
	writeFrame,
	type AwarenessEntry
} from '../../collab/awareness-frame.ts';
import {
	MAX_PRESENCE,
	MAX_PRESENCE_NAME,
	placeFrom,
	PRESENCE_COLOURS,
	type PresencePlace
} from '../../core/protocol/presence.ts';
import type { App } from '../app.ts';
import { notebookClients, people } from '../db/schema.ts';
import { CLOSE, type Peer } from './peer.ts';

/** The largest frame of presence that is read, in bytes: a plain Yjs client sends back what it is told of others. */
export const MAX_PRESENCE_FRAME = 16 * 1024;
/** A browser says ten times a second where it is; what a socket says oftener than this is not read. A second; at once. */
const RATE = 20;
export const BURST = 60;
/**
 * Least time between two messages to a room, in milliseconds: a caret that moves every 80 ms still reads as moving. A
 * room of more people than that is told as often as it has people, so that it never takes more than 1 000 messages a
 * second whatever its size.
 */
const WINDOW = 80;
/** Bytes waiting in a socket past which it is told later, and then the latest only. */
const SLOW = 256 * 1024;
/** Ids remembered with the person who spoke for them while a room is open, so that nobody takes one in a cut. */
const MAX_REMEMBERED = 2_000;

interface Member {
	readonly peer: Peer;
	readonly personId: string;
	name: string;
	/** -1 before it first says anything. */
	colour: number;
	/** The id that it speaks for; null before it first says anything. */
	client: number | null;
	/** Another socket of the same session speaks for its id since. */
	replaced: boolean;
	/** What the room is told, as JSON; null where it is not shown. */
	state: string | null;
	/** Messages that it may still send now. */
	allowance: number;
	/** When that was counted. */
	at: number;
	/** Ids whose changes it was too slow to hear; null for none. */
	missed: Set<number> | null;
}

interface Room {
	readonly notebookId: string;
	readonly members: Map<Peer, Member>;
	/** By the Yjs client id that each speaks for. */
	readonly speakers: Map<number, Member>;
	/** Who spoke for an id, also when they have gone. */
	readonly owners: Map<number, string>;
	/** Ids that the room is to be told of. */
	readonly changed: Set<number>;
	timer: NodeJS.Timeout | null;
	/** When it was last told, on the monotonic clock. */
	told: number;
}

export class Awareness {
	readonly #app: App;
	readonly #rooms = new Map<string, Room>();
	/**
	 * One for all entries, and the server's own: a screen that comes back, or a server that starts again, is still heard
	 * by those who keep a clock for each id.
	 */
	#clock = 0;

	constructor(app: App) {
		this.#app = app;
	}

	/** A socket was let into its notebook: it is told who is there. It is shown itself once it says where it is. */
	join(peer: Peer): void {
		const { notebookId, actor } = peer;
		if (notebookId === null || !actor || peer.isCut) return;
		const room = this.#roomOf(notebookId);
		if (room.members.has(peer)) return;
		const { personId } = actor;
		room.members.set(peer, {
			peer,
			personId,
			name: this.#nameOf(personId) ?? actor.displayName.slice(0, MAX_PRESENCE_NAME),
			...{ colour: -1, client: null, replaced: false, state: null },
			...{ allowance: BURST, at: this.#app.now(), missed: null }
		});
		const shown = [...room.speakers].filter(([, { state }]) => state !== null);
		if (shown.length > 0)
			send(
				peer,
				this.#frame(
					room,
					shown.map(([id]) => id)
				)
			);
	}

	/** A socket ended, or was cut: the room no longer shows it. */
	leave(peer: Peer): void {
		const room = peer.notebookId === null ? undefined : this.#rooms.get(peer.notebookId);
		const member = room?.members.get(peer);
		if (!room || !member) return;
		room.members.delete(peer);
		if (member.client !== null && !member.replaced) {
			room.speakers.delete(member.client);
			if (member.state !== null) this.#changed(room, member.client);
		}
		if (room.members.size > 0) return;
		if (room.timer) clearTimeout(room.timer);
		this.#rooms.delete(room.notebookId);
	}

	/** A person's name is another: the rooms that they are in show it. */
	renamed(personId: string): void {
		const name = this.#nameOf(personId);
		if (name === null) return;
		for (const room of this.#rooms.values()) {
			const screens = [...room.members.values()].filter((member) => member.personId === personId);
			// Whoever has that name already keeps their colour, and is not taken for this person.
			const colour = screens[0]?.colour ?? -1;
			const taken = [...room.members.values()].some(
				(other) => other.personId !== personId && other.name === name && other.colour === colour
			);
			for (const screen of screens) {
				screen.name = name;
				if (taken) screen.colour = -1;
			}
			for (const screen of screens) this.#restamp(room, screen);
		}
	}

	#nameOf(personId: string): string | null {
		const row = this.#app.db
			.select({ name: people.displayName })
			.from(people)
			.where(eq(people.id, personId))
			.get();
		return row?.name.slice(0, MAX_PRESENCE_NAME) ?? null;
	}

	#restamp(room: Room, member: Member): void {
		const place: unknown = member.state === null ? null : JSON.parse(member.state);
		const at = placeFrom(place);
		if (member.client === null || !at) return;
		if (member.colour < 0) member.colour = colourFor(room, member);
		member.state = stamped(member, at);
		this.#changed(room, member.client);
	}

	/**
	 * Takes a frame that a socket sent, if it is one of presence; answers whether it was. One that cannot be read, or is
	 * larger than any place, ends that socket; what is said for another's id, of the wrong kinds or too often is left out.
	 */
	takes(peer: Peer, bytes: Uint8Array): boolean {
		let frame: ReturnType<typeof awarenessFrame>;
		try {
			frame = awarenessFrame(bytes);
		} catch {
			return false; // Hocuspocus says what becomes of it
		}
		if (frame.kind === 'other') return false;
		const room = this.#rooms.get(frame.name);
		const member = room?.members.get(peer);
		// Not let in yet, or a question: who comes in is told of everyone anyway.
		if (!room || !member || frame.kind === 'query') return true;
		if (bytes.length > MAX_PRESENCE_FRAME) return refuse(peer);
		if (!this.#allows(member)) return true;
		let entries: AwarenessEntry[];
		try {
			entries = readEntries(frame.decoder);
		} catch {
			return refuse(peer);
		}
		// Before it has an id, only the first is looked up.
		const own =
			member.client === null ? entries[0] : entries.find(({ client }) => client === member.client);
		if (own && this.#mayTell(room, member, own.client)) this.#told(room, member, own);
		return true;
	}

	#roomOf(notebookId: string): Room {
		let room = this.#rooms.get(notebookId);
		if (!room) {
			room = {
				...{ notebookId, members: new Map(), speakers: new Map(), owners: new Map() },
				...{ changed: new Set(), timer: null, told: -Infinity }
			};
			this.#rooms.set(notebookId, room);
		}
		return room;
	}

	#allows(member: Member): boolean {
		const now = this.#app.now();
		const since = Math.max(0, now - member.at) / 1000;
		member.allowance = Math.min(BURST, member.allowance + since * RATE);
		member.at = now;
		if (member.allowance < 1) return false;
		member.allowance--;
		return true;
	}

	/** Whether a socket may speak for an id: its own since it first spoke, and before that one that is no other's. */
	#mayTell(room: Room, member: Member, client: number): boolean {
		if (member.replaced) return false;
		if (member.client !== null) return member.client === client;
		const speaker = room.speakers.get(client);
		// A browser that comes back before the server has noticed that it was gone.
		if (speaker) return speaker.peer.sessionHash === member.peer.sessionHash;
		const spoke = room.owners.get(client);
		if (spoke !== undefined) return spoke === member.personId;
		const wrote = this.#app.db
			.select({ personId: notebookClients.personId })
			.from(notebookClients)
			.where(
				and(eq(notebookClients.notebookId, room.notebookId), eq(notebookClients.clientId, client))
			)
			.get();
		return !wrote || wrote.personId === member.personId;
	}

	#told(room: Room, member: Member, { client, state }: AwarenessEntry): void {
		if (state.length > MAX_PRESENCE) return void refuse(member.peer);
		let said: unknown;
		try {
			said = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(state));
		} catch {
			return void refuse(member.peer);
		}
		const place = said === null ? null : placeFrom(said);
		if (said !== null && !place) return;
		if (member.client === null) this.#claim(room, member, client);
		if (place && member.colour < 0) member.colour = colourFor(room, member);
		const now = place && stamped(member, place);
		if (now === member.state) return;
		member.state = now;
		this.#changed(room, client);
	}

	#claim(room: Room, member: Member, client: number): void {
		const before = room.speakers.get(client);
		if (before) {
			before.replaced = true;
			// Whatever it said is gone, unless the new one says the same.
			member.state = before.state;
			before.state = null;
		}
		member.client = client;
		room.speakers.set(client, member);
		room.owners.delete(client);
		room.owners.set(client, member.personId);
		if (room.owners.size <= MAX_REMEMBERED) return;
		for (const id of room.owners.keys())
			if (!room.speakers.has(id)) {
				room.owners.delete(id);
				break;
			}
	}

	#changed(room: Room, client: number): void {
		room.changed.add(client);
		this.#tellSoon(room);
	}

	#tellSoon(room: Room): void {
		if (room.timer) return;
		const due = room.told + Math.max(WINDOW, room.members.size) - performance.now();
		room.timer = setTimeout(
			() => {
				room.timer = null;
				this.#tell(room);
			},
			Math.max(0, Math.ceil(due))
		).unref();
	}

	#tell(room: Room): void {
		room.told = performance.now();
		const frame = room.changed.size > 0 ? this.#frame(room, room.changed) : null;
		let late = false;
		for (const member of room.members.values()) {
			if (member.peer.socket.bufferedAmount > SLOW) {
				member.missed ??= new Set();
				for (const id of room.changed) member.missed.add(id);
				late ||= member.missed.size > 0;
			} else if (member.missed) {
				for (const id of room.changed) member.missed.add(id);
				send(member.peer, this.#frame(room, member.missed));
				member.missed = null;
			} else if (frame) send(member.peer, frame);
		}
		room.changed.clear();
		if (late) this.#tellSoon(room);
	}

	#frame(room: Room, ids: Iterable<number>): Uint8Array {
		const clock = (this.#clock = Math.max(this.#clock + 1, this.#app.now()));
		const text = new TextEncoder();
		const entries: AwarenessEntry[] = [];
		for (const client of ids) {
			const state = room.speakers.get(client)?.state ?? null;
			entries.push({ client, clock, state: state === null ? GONE : text.encode(state) });
		}
		return writeFrame(room.notebookId, entries);
	}
}

/** What a room is told: where the screen says that it is, under the name and the colour that are the server's word. */
const stamped = ({ name, colour }: Member, place: PresencePlace): string =>
	JSON.stringify({ name, colour, ...place });

function send({ isCut, socket }: Peer, frame: Uint8Array): void {
	if (!isCut && socket.readyState === socket.OPEN) socket.send(frame);
}

function refuse(peer: Peer): true {
	peer.cut(CLOSE.refused);
	return true;
}

/**
 * One for all screens of a person, and for each person another while there are enough. Where it can be, it is the same
 * from one day to the next. Past that, the least used: of two people of one name, never the same while another is there.
 */
function colourFor(room: Room, { personId, name }: Member): number {
	const holders: { people: Set<string>; names: Set<string> }[] = [];
	for (let i = 0; i < PRESENCE_COLOURS; i++) holders.push({ people: new Set(), names: new Set() });
	for (const other of room.members.values()) {
		if (other.colour < 0) continue;
		if (other.personId === personId) return other.colour;
		holders[other.colour]?.people.add(other.personId);
		holders[other.colour]?.names.add(other.name);
	}
	let first = 0;
	for (let i = 0; i < personId.length; i++) first = (first * 31 + personId.charCodeAt(i)) >>> 0;
	let best = 0;
	let least = Infinity;
	for (let i = 0; i < PRESENCE_COLOURS; i++) {
		const colour = (first + i) % PRESENCE_COLOURS;
		const held = holders[colour];
		if (!held) continue;
		const weight = held.people.size + (held.names.has(name) ? 1e6 : 0);
		if (weight >= least) continue;
		least = weight;
		best = colour;
	}
	return best;
}
