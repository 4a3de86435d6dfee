/** What a grid needs for its rows and values to be discussed. */

/** A discussion about a row that the table has. */
export interface RowThread {
	readonly thread: string;
	/** Of the value that it is about; null for the whole row. */
	readonly column: string | null;
	/** How the value read, where it reads otherwise now. */
	readonly before: string | null;
	/** It is the one that is shown. */
	readonly current: boolean;
	readonly resolved: boolean;
}

export interface GridTalk {
	/** By row of the table itself, from 0. */
	readonly rows: ReadonlyMap<number, readonly RowThread[]>;
	/**
	 * @param row of the table itself, from 0
	 * @param column of the value; null for the whole row
	 * @param text how the value is written
	 * @returns what the person must be told, if anything
	 */
	comment(row: number, column: string | null, text: string): Promise<string>;
	open(thread: string): void;
}
