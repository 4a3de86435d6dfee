/**
 * The write-ahead log of notebooks. An update is on disk when `append` resolves, and only then applied,
 * acknowledged and sent on (rooms). What comes in one turn of the event loop is committed together. The
 * snapshot is made from the rows on disk, never from memory, so that it can lose nothing that was acknowledged.
 */
import * as Y from 'yjs';
import { readNotebook } from '../../collab/document.ts';
import type { App } from '../app.ts';
import { logError } from '../log.ts';
import { carryContributions } from '../notebooks/contributions.ts';
import { UpdateRefused } from './inspect-update.ts';

/** Rows after which a notebook's log is folded into its snapshot. */
export const COMPACT_EVERY = 500;
/**
 * What comes within so many milliseconds of a commit waits for the next one, with all that comes meanwhile: the disk is
 * synced fifty times a second at most, whoever writes. The first edit after a pause does not wait.
 */
export const GATHER = 20;
/** Owner of the client ids that the server itself writes with. */
export const SERVER = 'server';

export interface Entry {
	readonly notebookId: string;
	readonly update: Uint8Array;
	/** Who writes; `SERVER` for the server itself. */
	readonly personId: string;
	/** Yjs clients whose new structs the update brings: theirs from now on, or refused if another's. */
	readonly writers: readonly number[];
	/** Kept with it, in the same transaction. */
	readonly also?: () => void;
}

/** The rows of a notebook cannot be put together: it is left untouched for the operator. */
export class UnreadableNotebook extends Error {
	override readonly name = 'UnreadableNotebook';
	constructor(notebookId: string, options?: ErrorOptions) {
		super(`the stored document of notebook ${notebookId} cannot be read`, options);
	}
}

interface Waiting {
	readonly entry: Entry;
	readonly resolve: () => void;
	readonly reject: (cause: unknown) => void;
}

export class Journal {
	readonly #app: App;
	#waiting: Waiting[] = [];
	#scheduled = false;
	/** When the last batch was committed, by the process's clock. */
	#committed = -GATHER;
	/** Rows in the log of each notebook that this process wrote to or loaded. */
	readonly #rows = new Map<string, number>();

	constructor(app: App) {
		this.#app = app;
	}

	/** Resolves once the update is on disk. Rejects, keeping nothing, if it cannot be or may not be kept. */
	append(entry: Entry): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#waiting.push({ entry, resolve, reject });
			if (this.#scheduled) return;
			this.#scheduled = true;
			const early = this.#committed + GATHER - performance.now();
			if (early <= 0) setImmediate(() => this.flush());
			else setTimeout(() => this.flush(), early);
		});
	}

	/**
	 * Commits what waits, now. Throws inside a transaction: it would answer the writers of what the outer one can
	 * still take back.
	 */
	flush(): void {
		if (this.#app.db.$client.inTransaction)
			throw new Error('the edits that wait cannot be written inside a transaction');
		this.#scheduled = false;
		const batch = this.#waiting;
		this.#waiting = [];
		if (batch.length === 0) return;
		const { $client } = this.#app.db;
		let outcome: (Error | null)[];
		try {
			outcome = $client
				.transaction(() => batch.map(({ entry }) => insertEntry(this.#app, entry)))
				.immediate();
			this.#committed = performance.now();
		} catch (cause) {
			// Nothing of the batch is kept: the writers keep their edits and send them again.
			for (const { reject } of batch) reject(cause);
			return;
		}
		const touched = new Set<string>();
		batch.forEach(({ entry, resolve, reject }, i) => {
			const fault = outcome[i];
			if (fault) return reject(fault);
			this.#rows.set(entry.notebookId, (this.#rows.get(entry.notebookId) ?? 0) + 1);
			touched.add(entry.notebookId);
			resolve();
		});
		for (const id of touched)
			if ((this.#rows.get(id) ?? 0) >= COMPACT_EVERY) setImmediate(() => this.#compact(id));
	}

	/** The stored document. Throws UnreadableNotebook rather than handing out a part of it. */
	load(notebookId: string, doc: Y.Doc = new Y.Doc()): Y.Doc {
		const stored = storedUpdates(this.#app, notebookId);
		this.#rows.set(notebookId, stored.rows.length);
		assemble(notebookId, stored, doc);
		return doc;
	}

	#compact(notebookId: string): void {
		if ((this.#rows.get(notebookId) ?? 0) < COMPACT_EVERY) return;
		try {
			compact(this.#app, notebookId);
			this.#rows.set(notebookId, 0);
		} catch (cause) {
			// The log is whole and stays; it is tried again after as many updates.
			this.#rows.set(notebookId, 0);
			logError(`compaction of notebook ${notebookId} failed; its log is kept`, cause);
		}
	}
}

/** Prepared once for each connection to the database: a statement takes longer to read than to run. */
function prepared($client: Client) {
	return {
		owner: $client.prepare<[string, number], { person_id: string }>(
			'select person_id from notebook_clients where notebook_id = ? and client_id = ?'
		),
		claim: $client.prepare(
			'insert or ignore into notebook_clients (notebook_id, client_id, person_id) values (?, ?, ?)'
		),
		insert: $client.prepare(
			'insert into notebook_updates (notebook_id, "update", person_id, at) values (?, ?, ?, ?)'
		),
		touch: $client.prepare('update notebooks set updated_at = ? where id = ?')
	};
}
type Client = App['db']['$client'];
const statements = new WeakMap<Client, ReturnType<typeof prepared>>();
function statementsOf($client: Client): ReturnType<typeof prepared> {
	let known = statements.get($client);
	if (!known) statements.set($client, (known = prepared($client)));
	return known;
}

/** In the caller's transaction: claims the clients and appends; a refusal is answered, not thrown. */
function insertEntry(
	app: App,
	{ notebookId, update, personId, writers, also }: Entry
): Error | null {
	const { owner, claim, insert, touch } = statementsOf(app.db.$client);
	let foreign = false;
	const unclaimed = writers.filter((client) => {
		const row = owner.get(notebookId, client);
		foreign ||= row !== undefined && row.person_id !== personId;
		return !row;
	});
	if (foreign) return new UpdateRefused('foreign-client');
	for (const client of unclaimed) claim.run(notebookId, client, personId);
	const at = app.now();
	insert.run(notebookId, Buffer.from(update), personId === SERVER ? null : personId, at);
	touch.run(at, notebookId);
	also?.();
	return null;
}

/** Appends at once, inside the caller's transaction if there is one. */
export function appendNow(app: App, entry: Entry): void {
	app.db.$client
		.transaction(() => {
			const fault = insertEntry(app, entry);
			if (fault) throw fault;
		})
		.immediate();
}

interface Stored {
	readonly snapshot: Buffer | null;
	readonly throughSeq: number;
	readonly rows: readonly { seq: number; update: Buffer }[];
}

function storedUpdates(app: App, notebookId: string): Stored {
	const { $client } = app.db;
	// One transaction: a compaction cannot come between the two readings.
	return $client.transaction((): Stored => {
		const snapshot = $client
			.prepare<[string], { state: Buffer; through_seq: number }>(
				'select state, through_seq from notebook_snapshots where notebook_id = ?'
			)
			.get(notebookId);
		const rows = $client
			.prepare<[string, number], { seq: number; update: Buffer }>(
				'select seq, "update" from notebook_updates where notebook_id = ? and seq > ? order by seq'
			)
			.all(notebookId, snapshot?.through_seq ?? 0);
		return {
			snapshot: snapshot?.state ?? null,
			throughSeq: rows[rows.length - 1]?.seq ?? snapshot?.through_seq ?? 0,
			rows
		};
	})();
}

function assemble(notebookId: string, stored: Stored, doc: Y.Doc): void {
	try {
		if (stored.snapshot) Y.applyUpdate(doc, stored.snapshot);
		for (const { update } of stored.rows) Y.applyUpdate(doc, update);
	} catch (cause) {
		throw new UnreadableNotebook(notebookId, { cause });
	}
	if (doc.store.pendingStructs || doc.store.pendingDs) throw new UnreadableNotebook(notebookId);
}

/** Folds a notebook's log into its snapshot, in one transaction, after checking that they say the same. */
export function compact(app: App, notebookId: string): void {
	const { $client } = app.db;
	$client
		.transaction(() => {
			const stored = storedUpdates(app, notebookId);
			if (stored.rows.length === 0) return;
			const doc = new Y.Doc();
			assemble(notebookId, stored, doc);
			const state = Y.encodeStateAsUpdate(doc);
			const again = new Y.Doc();
			Y.applyUpdate(again, state);
			if (!sameDocument(doc, again)) throw new UnreadableNotebook(notebookId);
			$client
				.prepare(
					`insert into notebook_snapshots (notebook_id, through_seq, state, at) values (?, ?, ?, ?)
					 on conflict (notebook_id) do update set
						through_seq = excluded.through_seq, state = excluded.state, at = excluded.at`
				)
				.run(notebookId, stored.throughSeq, Buffer.from(state), app.now());
			carryContributions(app, notebookId, stored.throughSeq);
			$client
				.prepare('delete from notebook_updates where notebook_id = ? and seq <= ?')
				.run(notebookId, stored.throughSeq);
		})
		.immediate();
}

/** Same structs, same deletions (a state vector says nothing of these), same content. */
export function sameDocument(a: Y.Doc, b: Y.Doc): boolean {
	return (
		Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b)) &&
		JSON.stringify(readNotebook(a)) === JSON.stringify(readNotebook(b))
	);
}
