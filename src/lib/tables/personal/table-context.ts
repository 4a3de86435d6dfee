/** What the table as a whole says of each of its columns: whom it is about, and whose its coordinates are. */
import type { Column } from '../column.ts';
import type { ColumnScan } from './column-scan.ts';
import { FREE_TEXT, type HeaderSays } from './header-words.ts';
import { isNameColumn } from './names.ts';
import { folded, plainText } from './plain-text.ts';

export interface PersonalColumn {
	readonly name: string;
	readonly column: Column;
	/** Text: rows of each dictionary entry. */
	readonly counts: Int32Array | null;
}
export interface Looked extends PersonalColumn {
	readonly says: HeaderSays;
	readonly scan: ColumnScan;
	/** What was decided of its names: none, a column of them, or some in its texts. */
	names: 'cells' | 'text' | null;
}

/** Artists, works and venues of the table: a sentence that names one of them names nobody's client. */
export function publicNames(
	columns: readonly (PersonalColumn | null)[],
	headers: readonly HeaderSays[]
): (name: string) => boolean {
	const names = new Set<string>();
	columns.forEach((column, index) => {
		const says = headers[index];
		if (column?.column.type !== 'text' || !says || says.person || !(says.credit || says.place))
			return;
		const { offsets, bytes } = column.column.dictionary;
		const decoder = new TextDecoder();
		for (let code = 0; code + 1 < offsets.length && names.size < 50_000; code++) {
			const text = decoder.decode(bytes.subarray(offsets[code], offsets[code + 1]));
			if (text.length <= 60) names.add(folded(plainText(text)).trim());
		}
	});
	return (name) => names.has(folded(name).trim());
}

/** Words of people that head counts, extras and votes as well: only names say that they are people. */
const COUNTED_TOO = / (?:pour|extras?|attention|crew|jeunes?|ados?|aines?) /;

export class TableContext {
	readonly columns: readonly (Looked | null)[];
	/** Days since 1970-01-01; NaN where nothing says when. */
	readonly today: number;
	/** Whether the table is about people at all. */
	readonly ofPeople: boolean;
	/** Whether it lists places and how they are reached. */
	readonly directory: boolean;

	constructor(columns: readonly (Looked | null)[], today: number) {
		this.columns = columns;
		this.today = today;
		columns.forEach((column, index) => {
			if (column) column.names = isNameColumn(columns, column, index);
		});
		this.ofPeople = columns.some(
			(column) =>
				column &&
				(column.names === 'cells' ||
					(column.says.person && !column.says.place && !COUNTED_TOO.test(column.says.words)))
		);
		this.directory =
			!this.ofPeople &&
			columns.some((column, index) => column && column.says.reach && this.ownedByPlace(index));
	}

	/** Whether its header, or the name that its block of coordinates follows, says that they are a place's. */
	ownedByPlace(index: number): boolean {
		const column = this.columns[index];
		if (!column) return false;
		if (column.says.person || column.names === 'cells') return false;
		if (column.says.place && !FREE_TEXT.test(column.says.words)) return true;
		if (column.says.credit && column.says.reach) return true;
		if (!column.says.reach || this.columns.some((other) => other?.names === 'cells')) return false;
		for (let i = index - 1; i >= 0; i--) {
			const before = this.columns[i];
			if (!before) continue;
			if (before.says.person) return false;
			// A place is reached in one way: where one goes with many, they are somebody else's.
			if (before.says.place) return column.scan.used <= before.scan.used * 1.3 + 2;
			if (!before.says.reach && !before.says.code) return false;
		}
		return false;
	}

	/** A description tells of a show among shows, and of what befell somebody among people. */
	published(says: HeaderSays): boolean {
		return says.published && !(this.ofPeople && !says.blurb);
	}
}
