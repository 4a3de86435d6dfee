/**
 * The write-ahead log of notebooks. An update is on disk when `append` resolves, and only then applied,
 * acknowledged and sent on (rooms). What comes in one turn of the event loop is committed together. The
 * snapshot is made from the rows on disk, never from memory, so that it can lose nothing that was acknowledged.
 */
import * as Y from 'yjs';
import type { App } from '../app.ts';
import { storeFails } from '../db/database.ts';
import { logError } from '../log.ts';
import { carryContributions } from '../notebooks/contributions.ts';
import { Folder } from './folder.ts';
import { UpdateRefused } from './inspect-update.ts';
import { assemble, fold, type StoredDocument } from './stored-document.ts';

/** A notebook's log is folded into its snapshot after so many updates, or so many bytes of them. */
const FOLD_AFTER: Readonly<Log> = { rows: 500, bytes: 4 * 2 ** 20 };
/** A log so many times longer is folded before anything else is done with it. */
const MUCH_TOO_LONG = 4;
/** And when nobody has it open any more, after so many. */
const FOLD_AT_REST = 100;
/**
 * What comes within so many milliseconds of a commit waits for the next one, with all that comes meanwhile: the disk is
 * synced fifty times a second at most, whoever writes. The first edit after a pause does not wait.
 */
const GATHER = 20;
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

/** What a notebook's log holds. */
interface Log {
	rows: number;
	bytes: number;
}

interface Waiting {
	readonly entry: Entry;
	readonly resolve: () => void;
	readonly reject: (cause: unknown) => void;
}

export class Journal {
	/** The kill test has it lower: kills must fall into foldings. */
	foldAfter = FOLD_AFTER;
	readonly #app: App;
	#waiting: Waiting[] = [];
	#scheduled = false;
	/** When the last batch was committed, by the process's clock. */
	#committed = -GATHER;
	/** Of each notebook that this process wrote to or loaded, and has not let go of. */
	readonly #logs = new Map<string, Log>();
	readonly #folder = new Folder();
	/** Foldings under way. */
	readonly #folding = new Map<string, Promise<void>>();
	#closed = false;

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
			else setTimeout(() => this.flush(), Math.ceil(early));
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
		let outcome: readonly (Error | null)[];
		try {
			outcome = $client
				.transaction(() => batch.map(({ entry }) => insertEntry(this.#app, entry)))
				.immediate();
			this.#committed = performance.now();
		} catch (cause) {
			// Nothing of the batch is kept. Where it may be one entry's fault, the others do not pay for it.
			outcome = batch.map(({ entry }) =>
				batch.length === 1 || storeFails(cause) ? asError(cause) : this.#alone(entry)
			);
		}
		const touched = new Set<string>();
		batch.forEach(({ entry, resolve, reject }, i) => {
			const fault = outcome[i];
			if (fault) return reject(fault);
			const log = this.#logs.get(entry.notebookId) ?? { rows: 0, bytes: 0 };
			log.rows++;
			log.bytes += entry.update.byteLength;
			this.#logs.set(entry.notebookId, log);
			touched.add(entry.notebookId);
			resolve();
		});
		for (const id of touched) {
			const log = this.#logs.get(id);
			if (log && this.#isLong(log)) setImmediate(() => this.fold(id));
		}
	}

	#alone(entry: Entry): Error | null {
		try {
			return this.#app.db.$client.transaction(() => insertEntry(this.#app, entry)).immediate();
		} catch (cause) {
			return asError(cause);
		}
	}

	/**
	 * The stored document, in `doc` where it is given: a notebook that is opened. Throws UnreadableNotebook rather than
	 * handing out a part of it.
	 */
	load(notebookId: string, doc?: Y.Doc): Y.Doc {
		const stored = storedUpdates(this.#app, notebookId);
		const { updates } = stored;
		const loaded = doc ?? new Y.Doc();
		assemble(notebookId, stored, loaded);
		const bytes = updates.reduce((sum, update) => sum + update.byteLength, 0);
		const log: Log = { rows: updates.length, bytes };
		if (doc) this.#logs.set(notebookId, log);
		if (log.rows >= MUCH_TOO_LONG * this.foldAfter.rows) this.#foldHere(notebookId, stored);
		else if (this.#isLong(log)) setImmediate(() => this.fold(notebookId));
		return loaded;
	}

	/** The updates after a place in the log, in order; null where that was folded away. */
	updatesSince(notebookId: string, place: number): Uint8Array[] | null {
		const { folded, after } = statementsOf(this.#app.db.$client);
		if ((folded.get(notebookId)?.seq ?? 0) > place) return null;
		return after.all(notebookId, place).map(({ update }) => update);
	}

	/** Nobody has the notebook open any more. Resolves once its log is folded, if it was worth it. */
	async left(notebookId: string): Promise<void> {
		const rows = this.#logs.get(notebookId)?.rows ?? 0;
		this.#logs.delete(notebookId);
		if (rows >= FOLD_AT_REST) await this.fold(notebookId);
	}

	#isLong({ rows, bytes }: Log): boolean {
		return rows >= this.foldAfter.rows || bytes >= this.foldAfter.bytes;
	}

	/** Writes what waits, and ends what goes on behind. */
	async close(): Promise<void> {
		this.flush();
		this.#closed = true;
		await this.#folder.close();
		await Promise.all(this.#folding.values());
	}

	/** A server that ends before its thread is ever done would have logs grow, and each opening take longer. */
	#foldHere(notebookId: string, stored: Stored): void {
		try {
			keepSnapshot(this.#app, notebookId, stored, fold(notebookId, stored));
			if (this.#logs.has(notebookId)) this.#logs.set(notebookId, { rows: 0, bytes: 0 });
		} catch (cause) {
			logError(`the log of notebook ${notebookId} could not be folded; it is kept`, cause);
		}
	}

	/** Folds a log into its snapshot: one at a time for a notebook; never rejects. */
	fold(notebookId: string): Promise<void> {
		const under = this.#folding.get(notebookId);
		if (under) return under;
		if (this.#closed) return Promise.resolve();
		const work = this.#foldNow(notebookId)
			.catch((cause: unknown) => {
				// The log is whole and stays; it is tried again after as many updates.
				if (!this.#closed)
					logError(`the log of notebook ${notebookId} could not be folded; it is kept`, cause);
			})
			.finally(() => this.#folding.delete(notebookId));
		this.#folding.set(notebookId, work);
		return work;
	}

	async #foldNow(notebookId: string): Promise<void> {
		const stored = storedUpdates(this.#app, notebookId);
		// Those that come while the thread works are counted from here.
		if (this.#logs.has(notebookId)) this.#logs.set(notebookId, { rows: 0, bytes: 0 });
		if (stored.updates.length === 0) return;
		const snapshot = await this.#folder.fold(notebookId, stored);
		if (!this.#closed) keepSnapshot(this.#app, notebookId, stored, snapshot);
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
		last: $client.prepare<[string, string], { seq: number | null }>(
			`select coalesce(
				(select max(seq) from notebook_updates where notebook_id = ?),
				(select through_seq from notebook_snapshots where notebook_id = ?)) as seq`
		),
		folded: $client.prepare<[string], { seq: number }>(
			'select through_seq as seq from notebook_snapshots where notebook_id = ?'
		),
		after: $client.prepare<[string, number], { update: Buffer }>(
			'select "update" from notebook_updates where notebook_id = ? and seq > ? order by seq'
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
const asError = (cause: unknown): Error =>
	cause instanceof Error ? cause : new Error(String(cause));

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

/** The place of a notebook's last edit in the log; where it is folded away, up to where it is. */
export const lastEdit = (app: App, notebookId: string): number =>
	statementsOf(app.db.$client).last.get(notebookId, notebookId)?.seq ?? 0;

/** Appends at once, inside the caller's transaction if there is one. */
export function appendNow(app: App, entry: Entry): void {
	app.db.$client
		.transaction(() => {
			const fault = insertEntry(app, entry);
			if (fault) throw fault;
		})
		.immediate();
}

interface Stored extends StoredDocument {
	/** The last update that the snapshot holds; 0 without one. */
	readonly foldedSeq: number;
	/** The last update of all. */
	readonly throughSeq: number;
}

/** The rows of a notebook that is written. */
export function storedUpdates(app: App, notebookId: string): Stored {
	const { $client } = app.db;
	// One transaction: a folding cannot come between the two readings.
	return $client.transaction((): Stored => {
		const snapshot = $client
			.prepare<[string], { state: Buffer; through_seq: number }>(
				'select state, through_seq from notebook_snapshots where notebook_id = ?'
			)
			.get(notebookId);
		const foldedSeq = snapshot?.through_seq ?? 0;
		const rows = $client
			.prepare<[string, number], { seq: number; update: Buffer }>(
				'select seq, "update" from notebook_updates where notebook_id = ? and seq > ? order by seq'
			)
			.all(notebookId, foldedSeq);
		return {
			snapshot: snapshot?.state ?? null,
			updates: rows.map(({ update }) => update),
			foldedSeq,
			throughSeq: rows[rows.length - 1]?.seq ?? foldedSeq
		};
	})();
}

/** Folds a notebook's log into its snapshot in this thread, while it waits: for a store that nobody edits. */
export function foldHere(app: App, notebookId: string): void {
	const stored = storedUpdates(app, notebookId);
	if (stored.updates.length > 0) keepSnapshot(app, notebookId, stored, fold(notebookId, stored));
}

/**
 * In one transaction: the snapshot that stands for what was read, and the updates that it holds are gone. Nothing is
 * changed where another folding came first. What a version keeps is its own (`notebook_history`, `notebook_versions`):
 * no folding touches it.
 */
function keepSnapshot(app: App, notebookId: string, stored: Stored, snapshot: Uint8Array): void {
	const { $client } = app.db;
	$client
		.transaction(() => {
			const present = $client
				.prepare<[string], { through_seq: number }>(
					'select through_seq from notebook_snapshots where notebook_id = ?'
				)
				.get(notebookId);
			if ((present?.through_seq ?? 0) !== stored.foldedSeq) return;
			$client
				.prepare(
					`insert into notebook_snapshots (notebook_id, through_seq, state, at) values (?, ?, ?, ?)
					 on conflict (notebook_id) do update set
						through_seq = excluded.through_seq, state = excluded.state, at = excluded.at`
				)
				.run(notebookId, stored.throughSeq, snapshot, app.now());
			carryContributions(app, notebookId, stored.throughSeq);
			$client
				.prepare('delete from notebook_updates where notebook_id = ? and seq <= ?')
				.run(notebookId, stored.throughSeq);
		})
		.immediate();
}
