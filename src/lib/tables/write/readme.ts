/** The text that goes with exported data, in the reader's language: what each file is, and what was changed in it. */

export interface ReadmeFacts {
	readonly title: string;
	readonly description: string;
	/** Whose the data are, under which terms: each with its name, in the reader's language. */
	readonly terms: readonly (readonly [name: string, text: string])[];
	readonly files: readonly string[];
	/** Cells of the CSV that were given an apostrophe. */
	readonly neutralised: number;
	/** Rows and columns of what is only a part of the table, and of the table; null for all of it. */
	readonly part: ReadmePart | null;
}
export interface ReadmePart {
	readonly rows: readonly [part: number, all: number];
	readonly columns: readonly [part: number, all: number];
}

/** The text, lines ended as every system reads them. */
export function readmeOf(
	language: 'fr' | 'en',
	{ title, description, terms, files, neutralised, part }: ReadmeFacts
): string {
	const fr = language === 'fr';
	const lines = [
		title,
		'='.repeat(Math.min([...title].length, 72)),
		'',
		...(description ? [...description.split(/\r?\n/), ''] : []),
		...terms.map(
			([name, text]) => `${name}${fr ? '\u00a0' : ''}: ${text.split(/\r?\n/).join(' ')}`
		),
		'',
		fr ? 'Fichiers' : 'Files',
		...files.map((file) => `- ${file}`),
		'',
		...(part ? [partOf(language, part), ''] : []),
		...(fr ? FRENCH : ENGLISH),
		...(neutralised > 0 ? ['', fr ? neutralisedFr(neutralised) : neutralisedEn(neutralised)] : [])
	];
	return `${lines.join('\r\n')}\r\n`;
}

function partOf(language: 'fr' | 'en', { rows, columns }: ReadmePart): string {
	const number = new Intl.NumberFormat(language === 'fr' ? 'fr-CA' : 'en-CA');
	const [row, allRows, column, allColumns] = [...rows, ...columns].map((n) => number.format(n));
	return language === 'fr'
		? `Ce n’est qu’une partie du tableau, dans l’ordre où il était disposé à l’écran. Lignes\u00a0: ${row} sur ${allRows}. Colonnes\u00a0: ${column} sur ${allColumns}.`
		: `This is only a part of the table, in the order in which it was arranged on screen. Rows: ${row} of ${allRows}. Columns: ${column} of ${allColumns}.`;
}

const FRENCH = [
	'Le fichier datapackage.json décrit les données pour les machines (Frictionless Data Package).',
	'Les dates suivent la norme ISO 8601. Les heures sont celles du Québec (America/Toronto), sans fuseau.',
	'Une cellule vide est une valeur absente.'
];
const ENGLISH = [
	'The file datapackage.json describes the data for machines (Frictionless Data Package).',
	'Dates follow ISO 8601. Times are those of Québec (America/Toronto), without a time zone.',
	'An empty cell is a missing value.'
];

const neutralisedFr = (count: number): string =>
	`Dans le CSV, une apostrophe précède ${count === 1 ? 'un texte qu’un tableur aurait pris' : `${count} textes qu’un tableur aurait pris`} pour une formule (=, +, - ou @ au début, ou après ce qu’un tableur pourrait prendre pour un séparateur). Retirez-la pour retrouver le texte d’origine.`;
const neutralisedEn = (count: number): string =>
	`In the CSV, an apostrophe precedes ${count === 1 ? 'one text that a spreadsheet would have taken' : `${count} texts that a spreadsheet would have taken`} for a formula (=, +, - or @ at the start, or after what a spreadsheet could take for a separator). Remove it to find the original text again.`;
