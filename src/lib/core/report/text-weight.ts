/**
 * What a Markdown text weighs once it is a page, told from its source in one pass and without reading it as Markdown:
 * a table repeats its columns in each row, however short the row is written, and an address that is defined once is
 * written at each link. Never less than what a renderer makes, give or take.
 */

/** Past these a text is shown as it is written. */
export const TEXT_LIMITS = {
	/** Columns of one table. */
	columns: 200,
	/** Cells of all its tables. */
	cells: 10_000,
	/** UTF-16 units of what it becomes. */
	html: 2_000_000
} as const;

/** UTF-16 units of markup that a cell costs. */
const CELL = 20;

/** Quotes and list markers before what a line says. */
const CONTAINERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*/;
/** `| - | :-: |`: the second line of a table. */
const RULE = /^[|:\- \t]+$/;
/** `[name]: address`, wherever it stands. */
const DEFINED = /\]:[ \t]*(\S*)/g;

interface Counted {
	readonly columns: number;
	readonly cells: number;
	readonly links: number;
}

function count(source: string): Counted {
	let widest = 0;
	let cells = 0;
	/** Columns of the table that the line may be of; 0: none. */
	let columns = 0;
	let longest = 0;
	for (const raw of source.split('\n')) {
		const line = raw.replace(CONTAINERS, '').trim();
		if (line === '') columns = 0;
		else if (line.includes('-') && line.includes('|') && RULE.test(line)) {
			columns = Math.max(columns, line.split('|').length);
			widest = Math.max(widest, columns);
			cells += 2 * columns;
		} else cells += columns;
		if (line.includes(']:'))
			for (const [, address = ''] of line.matchAll(DEFINED))
				longest = Math.max(longest, address.length);
	}
	// An address may also stand on the line below its name.
	if (/\]:[ \t]*\r?\n/.test(source))
		for (const word of source.split(/\s/)) longest = Math.max(longest, word.length);
	return { columns: widest, cells, links: longest ? longest * (source.split('[').length - 1) : 0 };
}

/** About the length of the HTML that a text becomes. */
export function textWeight(source: string): number {
	const { cells, links } = count(source);
	return source.length + CELL * cells + links;
}

/** Whether a text would make a page that nobody can open. */
export function isHeavy(source: string): boolean {
	const { columns, cells, links } = count(source);
	return (
		columns > TEXT_LIMITS.columns ||
		cells > TEXT_LIMITS.cells ||
		source.length + CELL * cells + links > TEXT_LIMITS.html
	);
}
