/**
 * The box-office export that people really have: the demo's tickets, written the way old ticketing systems
 * write, with an e-mail and a postal code on every line. Each defect met in the field has its switch. The
 * e-mails are of a domain that cannot exist, and nobody is behind them.
 */
import { makeBoxOffice } from './box-office.ts';
import { chance, type Chance } from './random.ts';
import type { Ticket } from './tickets.ts';

export interface ExportDefects {
	readonly rows: number;
	readonly seed: number;
	readonly encoding: 'windows-1252' | 'utf-8' | 'utf-8-bom' | 'utf-8-two-boms';
	readonly separator: ';' | ',' | '\t' | '|';
	readonly lineEnd: '\r\n' | '\n';
	readonly decimalComma: boolean;
	/** Between thousands; windows-1252 has no U+202F and gets U+00A0. */
	readonly thousands: '' | ' ' | '\u00a0' | '\u202f';
	readonly dollarSign: boolean;
	readonly dates: 'iso' | 'jj/mm/aaaa' | '/Date()/';
	/** Lines of title above the header. */
	readonly titleLines: number;
	/** « Sous-total » after every show, « TOTAL » at the end. */
	readonly totalRows: boolean;
	/** A remark that spans several lines, now and then. */
	readonly multilineCells: boolean;
	/** A refund is a second line with a negative price. */
	readonly negativeRefunds: boolean;
	/** An exchange counts on two lines. */
	readonly exchangesTwice: boolean;
	readonly regionSpellings: boolean;
	/** A phone number where the e-mail should be, now and then. */
	readonly phonesAsEmails: boolean;
	/** 0 where the fee is not known. */
	readonly zeroAsMissing: boolean;
	/** `NC`, `F` and `R` among the fees. */
	readonly codesAmongNumbers: boolean;
	/** UTF-8 once read as windows-1252, in titles. */
	readonly mojibake: boolean;
	/** A line short of its last cells, one with a cell too many. */
	readonly raggedRows: boolean;
	readonly duplicateHeader: boolean;
	readonly emptyHeader: boolean;
	readonly protoHeader: boolean;
}

/** What nearly every export is: `;`, windows-1252, decimal commas, jj/mm/aaaa. */
const ORDINARY: ExportDefects = {
	rows: 2_000,
	seed: 7,
	encoding: 'windows-1252',
	separator: ';',
	lineEnd: '\r\n',
	decimalComma: true,
	thousands: '\u00a0',
	dollarSign: false,
	dates: 'jj/mm/aaaa',
	titleLines: 0,
	totalRows: false,
	multilineCells: false,
	negativeRefunds: false,
	exchangesTwice: false,
	regionSpellings: false,
	phonesAsEmails: false,
	zeroAsMissing: false,
	codesAmongNumbers: false,
	mojibake: false,
	raggedRows: false,
	duplicateHeader: false,
	emptyHeader: false,
	protoHeader: false
};

export const EXPORT_HEADER = [
	'N° de commande',
	'Date d’achat',
	'Date de représentation',
	'Spectacle',
	'Région',
	'Tarif',
	'Prix unitaire',
	'Frais de service',
	'Recette du spectacle',
	'Canal',
	'Courriel',
	'Code postal',
	'Infolettre',
	'Remarque'
] as const;

/** Ways of writing a region, its right name first. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
	'01': ['Bas-Saint-Laurent', 'Bas St-Laurent', 'BAS-SAINT-LAURENT', 'Bas Saint Laurent '],
	'03': ['Capitale-Nationale', 'Capitale Nationale', 'Québec (03)', 'Quebec'],
	'05': ['Estrie', 'ESTRIE', 'Cantons-de-l’Est'],
	'06': ['Montréal', 'Montreal', 'Montréal-Centre', 'Mtl'],
	'08': ['Abitibi-Témiscamingue', 'Abitibi/Témiscamingue', 'Abitibi--Temiscamingue', 'Abitibi–T.']
};

/** The bytes of an export; `rows` counts ticket lines, before totals and doubled lines. */
export function makeMessyExport(defects: Partial<ExportDefects> = {}): Uint8Array<ArrayBuffer> {
	const how = { ...ORDINARY, ...defects };
	const luck = chance(how.seed);
	const { tickets } = makeBoxOffice(how.seed, how.rows);
	const lines: string[][] = [];
	for (let i = 0; i < how.titleLines; i++)
		lines.push([i === 0 ? 'Rapport détaillé des ventes' : `Édité le 3 février 2026, page ${i}`]);
	lines.push(header(how));

	const taken = new Map<string, number>();
	let show = '';
	for (const [i, ticket] of tickets.entries()) {
		const title = ticket.performance.show.title;
		if (how.totalRows && show !== '' && title !== show && i % 97 === 0)
			lines.push(totalLine('Sous-total', taken.get(show) ?? 0, how));
		show = title;
		taken.set(title, (taken.get(title) ?? 0) + ticket.price);
		const cells = line(ticket, taken.get(title) ?? 0, luck, how);
		if (how.raggedRows && i === 10) cells.splice(-2);
		if (how.raggedRows && i === 20) cells.push('de trop');
		lines.push(cells);
		if (how.exchangesTwice && ticket.status === 'Échangé') lines.push([...cells]);
		if (how.negativeRefunds && ticket.status === 'Remboursé')
			lines.push(cells.map((cell, k) => (k === 6 ? money(-ticket.price, how) : cell)));
	}
	if (how.totalRows) {
		let total = 0;
		for (const sum of taken.values()) total += sum;
		lines.push(totalLine('TOTAL', total, how));
	}
	const text = lines
		.map((cells) => cells.map((cell) => quoted(cell, how.separator)).join(how.separator))
		.join(how.lineEnd);
	return encoded(text + how.lineEnd, how.encoding);
}

function header(how: ExportDefects): string[] {
	const names: string[] = [...EXPORT_HEADER];
	if (how.duplicateHeader) names[9] = 'Tarif';
	if (how.emptyHeader) names[13] = '';
	if (how.protoHeader) names[12] = '__proto__';
	return names;
}

function line(ticket: Ticket, revenue: number, luck: Chance, how: ExportDefects): string[] {
	const { performance } = ticket;
	const spellings = SPELLINGS[performance.venue.region] ?? [performance.venue.region];
	const title = performance.show.title;
	// Drawn on every line, so that one switch leaves the other cells as they were.
	const email = `acheteur-${ticket.client.slice(0, 8)}@exemple.invalid`;
	const phone = `418 555-01${String(luck.whole(0, 99)).padStart(2, '0')}`;
	const wrong = luck.happens(0.03);
	const spelling = luck.pick(spellings);
	const code = luck.pick(['NC', 'F', 'R']);
	const rare = luck.happens(0.04);
	const remark = luck.happens(0.05);
	const fee = how.zeroAsMissing && rare ? 0 : ticket.fee;
	return [
		ticket.order,
		date(ticket.boughtAt, how),
		date(ticket.playedAt, how),
		how.mojibake ? garbled(title) : title,
		how.regionSpellings ? spelling : (spellings[0] ?? ''),
		ticket.tariff,
		money(ticket.price, how),
		how.codesAmongNumbers && rare ? code : money(fee, how),
		money(revenue, how),
		ticket.channel,
		how.phonesAsEmails && wrong ? phone : email,
		`${ticket.area} ${luck.whole(1, 9)}${luck.pick([...'ABCEGHJKLMNPRSTVXY'])}${luck.whole(1, 9)}`,
		ticket.newsletter ? 'Oui' : 'Non',
		how.multilineCells && remark ? 'Fauteuil roulant\nAllée « B »; à placer' : ''
	];
}

const totalLine = (label: string, amount: number, how: ExportDefects): string[] => [
	label,
	...Array<string>(7).fill(''),
	money(amount, how),
	...Array<string>(5).fill('')
];

function money(amount: number, how: ExportDefects): string {
	const [whole = '', cents = ''] = Math.abs(amount).toFixed(2).split('.');
	const gap =
		how.thousands === '\u202f' && how.encoding === 'windows-1252' ? '\u00a0' : how.thousands;
	const grouped = whole.replace(/\B(?=(\d{3})+$)/g, gap);
	const sign = amount < 0 ? '-' : '';
	return `${sign}${grouped}${how.decimalComma ? ',' : '.'}${cents}${how.dollarSign ? '\u00a0$' : ''}`;
}

function date(ms: number, how: ExportDefects): string {
	if (how.dates === '/Date()/') return `/Date(${ms}-0500)/`;
	const iso = new Date(ms).toISOString().slice(0, 10);
	return how.dates === 'iso' ? iso : iso.split('-').reverse().join('/');
}

const quoted = (cell: string, separator: string): string =>
	cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

const garbled = (text: string): string =>
	new TextDecoder('windows-1252').decode(new TextEncoder().encode(text));

/** What windows-1252 keeps between 0x80 and 0x9f. */
const CP1252 = new Map(
	Array.from({ length: 32 }, (_, i) => [
		new TextDecoder('windows-1252').decode(Uint8Array.of(0x80 + i)),
		0x80 + i
	])
);

export function encoded(
	text: string,
	encoding: ExportDefects['encoding']
): Uint8Array<ArrayBuffer> {
	if (encoding !== 'windows-1252') {
		const boms = encoding === 'utf-8-two-boms' ? 2 : encoding === 'utf-8-bom' ? 1 : 0;
		return new TextEncoder().encode('\ufeff'.repeat(boms) + text);
	}
	return Uint8Array.from(text, (character) => {
		const code = character.codePointAt(0) ?? 0;
		const byte = code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : CP1252.get(character);
		if (byte === undefined) throw new RangeError(`not in windows-1252: ${character}`);
		return byte;
	});
}
