/** What changed from one version of a dataset to another, told from summaries of the two. */

export interface VersionSummary {
	readonly rows: number;
	readonly columns: readonly {
		readonly name: string;
		readonly type: string;
		/** Its distinct texts, where it is a category and they are known. */
		readonly categories?: readonly string[] | null;
	}[];
}

/** How the rows of two versions meet by a key: counted where the rows are. */
export interface KeyOverlap {
	readonly key: readonly string[];
	/** Keys of both, and of one alone. */
	readonly common: number;
	readonly onlyBefore: number;
	readonly onlyAfter: number;
}

export interface VersionChanges {
	readonly rows: { readonly before: number; readonly after: number };
	/** Names, in the order of the version that has them. */
	readonly added: readonly string[];
	readonly removed: readonly string[];
	readonly retyped: readonly {
		readonly name: string;
		readonly before: string;
		readonly after: string;
	}[];
	/** Columns whose categories are known on both sides and differ. */
	readonly categories: readonly {
		readonly name: string;
		readonly added: readonly string[];
		readonly removed: readonly string[];
	}[];
	readonly overlap: KeyOverlap | null;
	/** The columns, their types and their known categories are the same; rows may not be. */
	readonly sameShape: boolean;
}

/** Columns are paired by name, exactly: a renamed one is removed and added. */
export function compareVersions(
	before: VersionSummary,
	after: VersionSummary,
	overlap: KeyOverlap | null = null
): VersionChanges {
	const old = new Map(before.columns.map((column) => [column.name, column]));
	const names = new Set(after.columns.map(({ name }) => name));
	const pairs = after.columns.flatMap((column) => {
		const was = old.get(column.name);
		return was ? [{ was, is: column }] : [];
	});
	const added = after.columns.map(({ name }) => name).filter((name) => !old.has(name));
	const removed = before.columns.map(({ name }) => name).filter((name) => !names.has(name));
	const retyped = pairs
		.filter(({ was, is }) => was.type !== is.type)
		.map(({ was, is }) => ({ name: is.name, before: was.type, after: is.type }));
	const categories = pairs.flatMap(({ was, is }) => {
		if (!was.categories || !is.categories) return [];
		const [then, now] = [new Set(was.categories), new Set(is.categories)];
		const change = {
			name: is.name,
			added: [...now].filter((text) => !then.has(text)),
			removed: [...then].filter((text) => !now.has(text))
		};
		return change.added.length || change.removed.length ? [change] : [];
	});
	return {
		rows: { before: before.rows, after: after.rows },
		added,
		removed,
		retyped,
		categories,
		overlap,
		sameShape: ![added, removed, retyped, categories].some((list) => list.length)
	};
}
