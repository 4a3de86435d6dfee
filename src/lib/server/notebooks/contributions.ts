/**
 * Whose edits of a notebook no version of its history holds yet. The log says it; of what a folding takes out of the
 * log, a line a person is carried over. So it costs nothing to an edit, and a crash forgets nobody.
 */
import type { App } from '../app.ts';

export interface Contributions {
	/** Ids, who began first first. Changes of the server's are nobody's. */
	readonly people: readonly string[];
	/** Milliseconds since the epoch; null: there is none. */
	readonly firstAt: number | null;
	readonly lastAt: number | null;
	/** Place in the log of the last one. */
	readonly through: number;
}

interface Line {
	person_id: string | null;
	first_at: number;
	last_at: number;
	through: number;
}

/** The edits that wait in memory are not among them: they are written first (`Journal.flush`). */
export function contributionsSince({ db: { $client } }: App, notebookId: string): Contributions {
	const lines = $client
		.prepare<[string, string], Line>(
			`select person_id, min(first_at) as first_at, max(last_at) as last_at, max(through) as through from (
				select person_id, first_at, last_at, 0 as through from notebook_writers where notebook_id = ?
				union all
				select u.person_id, min(u.at), max(u.at), max(u.seq) from notebook_updates u
					join notebooks n on n.id = u.notebook_id
					where u.notebook_id = ? and u.seq > n.history_seq group by u.person_id
			) group by person_id order by 2`
		)
		.all(notebookId, notebookId);
	return {
		people: lines.flatMap(({ person_id: id }) => id ?? []),
		firstAt: lines.length === 0 ? null : Math.min(...lines.map((line) => line.first_at)),
		lastAt: lines.length === 0 ? null : Math.max(...lines.map((line) => line.last_at)),
		through: Math.max(0, ...lines.map((line) => line.through))
	};
}

/** In the transaction of a folding, before the log up to `through` goes. */
export function carryContributions(
	{ db: { $client } }: App,
	notebookId: string,
	through: number
): void {
	$client
		.prepare(
			`insert into notebook_writers (notebook_id, person_id, first_at, last_at)
				select u.notebook_id, u.person_id, min(u.at), max(u.at) from notebook_updates u
					join notebooks n on n.id = u.notebook_id
					where u.notebook_id = ? and u.seq > n.history_seq and u.seq <= ? and u.person_id is not null
					group by u.person_id
				on conflict (notebook_id, person_id) do update set
					first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)`
		)
		.run(notebookId, through);
}

/** A change of the server's that a person asked for: the version that will hold it says so. */
export function addContribution(app: App, notebookId: string, personId: string): void {
	const at = app.now();
	app.db.$client
		.prepare(
			`insert into notebook_writers (notebook_id, person_id, first_at, last_at) values (?, ?, ?, ?)
				on conflict (notebook_id, person_id) do update set last_at = excluded.last_at`
		)
		.run(notebookId, personId, at, at);
}

/** A version holds them: in the transaction that keeps it. */
export function forgetContributions(
	{ db: { $client } }: App,
	notebookId: string,
	{ through, lastAt }: Contributions
): void {
	$client.prepare('delete from notebook_writers where notebook_id = ?').run(notebookId);
	$client
		.prepare(
			'update notebooks set history_seq = max(history_seq, ?), history_at = max(history_at, ?) where id = ?'
		)
		.run(through, lastAt ?? 0, notebookId);
}
