/**
 * Whether those who have a notebook open may still: what a socket may do is decided when it opens, and asked again when
 * somebody says that it changed, when it ends by the clock, and when another process writes to the database.
 */
import { grantsReaching, levelOnNotebook } from '../access/notebook.ts';
import type { App } from '../app.ts';
import { sessionEnd, sessionHolds } from '../auth/session.ts';
import { logError } from '../log.ts';
import { CLOSE, type Peer } from './peer.ts';

/** How often it is looked whether a session or a share has ended by the clock. Milliseconds. */
const CLOCK = 1_000;
/** Every socket is asked again once in so many times that it is looked, whatever is known of it. */
const RECHECK = 60;
/** Sockets asked again in one turn of the event loop: some 20 ms. */
const ASKED_AT_ONCE = 50;

/** Whom a change of access may concern; nothing named: everyone. */
export interface Concerned {
	notebookId?: string;
	personId?: string;
	sessionHash?: string;
}

export class AccessWatch {
	readonly #app: App;
	readonly #peers: ReadonlySet<Peer>;
	readonly #timer: NodeJS.Timeout;
	#ended = false;
	/** Changes whenever another process writes to the database. */
	#version: number;
	#ticks = 0;

	/** @param peers those open now, kept by the rooms */
	constructor(app: App, peers: ReadonlySet<Peer>) {
		this.#app = app;
		this.#peers = peers;
		this.#version = this.#dataVersion();
		this.#timer = setInterval(() => this.#watchClock(), CLOCK).unref();
	}

	/** Asks again what those concerned may do, and cuts the sockets of those for whom it changed. */
	recheck({ notebookId, personId, sessionHash }: Concerned = {}): void {
		for (const peer of this.#peers) {
			if (notebookId !== undefined && peer.notebookId !== notebookId) continue;
			if (personId !== undefined && peer.actor?.personId !== personId) continue;
			if (sessionHash !== undefined && peer.sessionHash !== sessionHash) continue;
			this.#ask(peer);
		}
	}

	/** When what lets the peer into its notebook ends by the clock, in milliseconds since the epoch; Infinity: never. */
	endOf({ actor, sessionHash, notebookId }: Peer): number {
		if (!actor || sessionHash === null || notebookId === null) return Infinity;
		return Math.min(
			sessionEnd(this.#app, sessionHash) ?? Infinity,
			...grantsReaching(this.#app, actor.personId, notebookId).map(
				({ expiresAt }) => expiresAt ?? Infinity
			)
		);
	}

	/** Asks nobody any more. */
	end(): void {
		this.#ended = true;
		clearInterval(this.#timer);
	}

	#ask(peer: Peer): void {
		if (!this.#sessionHolds(peer)) peer.cut(CLOSE.ended);
		else if (
			peer.notebookId !== null &&
			levelOnNotebook(this.#app, peer.actor, peer.notebookId) !== peer.level
		)
			peer.cut(CLOSE.accessChanged);
		else peer.holdsUntil = this.endOf(peer);
	}

	/**
	 * Sessions and shares end without anyone saying so, and another process (an operator's) may change anything: those
	 * concerned are asked again, and the others in turns. For most it is a comparison.
	 */
	#watchClock(): void {
		// The store went before its rooms did: there is nobody left to ask about.
		if (!this.#app.db.$client.open) return this.end();
		try {
			const version = this.#dataVersion();
			const changed = version !== this.#version;
			this.#version = version;
			const now = this.#app.now();
			const turn = this.#ticks++ % RECHECK;
			this.#askInTurn(
				[...this.#peers].filter(
					({ holdsUntil }, i) => changed || holdsUntil <= now || i % RECHECK === turn
				)
			);
		} catch (cause) {
			this.#notAsked(cause);
		}
	}

	#askInTurn(peers: readonly Peer[]): void {
		if (this.#ended) return;
		try {
			for (const peer of peers.slice(0, ASKED_AT_ONCE))
				if (this.#peers.has(peer) && !peer.isCut) this.#ask(peer);
		} catch (cause) {
			return this.#notAsked(cause);
		}
		const rest = peers.slice(ASKED_AT_ONCE);
		if (rest.length > 0) setImmediate(() => this.#askInTurn(rest));
	}

	/** Nobody awaits a timer: a store that does not answer is written down here, or ends the process. */
	#notAsked(cause: unknown): void {
		logError('who may be in which notebook could not be looked at', cause);
	}

	#dataVersion(): number {
		return Number(this.#app.db.$client.pragma('data_version', { simple: true }));
	}

	#sessionHolds({ actor, sessionHash }: Peer): boolean {
		// Nobody: was let into nothing.
		return !actor || !sessionHash || sessionHolds(this.#app, sessionHash);
	}
}
