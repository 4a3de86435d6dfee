/**
 * Five box-office systems that nobody sells, and the exports they write: the same sales, each time laid out in
 * another way. Deterministic. What the files say is synthetic, and the names of the systems are invented.
 */
import { encoded } from '../messy-export.ts';
import { DISCIPLINE_NAMES } from '../shows.ts';
import { occupationOf, type SalesLine } from './sales.ts';

export interface DemoSystem {
	readonly name: string;
	/** Of the venue that uses it. */
	readonly venueId: string;
	readonly fileName: string;
	readonly write: (lines: readonly SalesLine[]) => Uint8Array<ArrayBuffer>;
}

const isoDay = ({ performance }: SalesLine): string =>
	new Date(performance.day).toISOString().slice(0, 10);
const clock = ({ performance: { minute } }: SalesLine): [hours: number, minutes: string] => [
	Math.floor(minute / 60),
	String(minute % 60).padStart(2, '0')
];
const comma = (text: string): string => text.replace('.', ',');
const grouped = (cents: number, gap: string): string => {
	const [whole = '', rest = ''] = (cents / 100).toFixed(2).split('.');
	return `${whole.replace(/\B(?=(\d{3})+$)/g, gap)},${rest}`;
};
const table = (rows: readonly (readonly string[])[], separator: string, end: string): string =>
	rows.map((row) => row.join(separator) + end).join('');
const total = (lines: readonly SalesLine[], of: 'tickets' | 'cents'): number =>
	lines.reduce((sum, line) => sum + line[of], 0);

/** Reads a code by the word it stands for; the word itself where there is none. */
const coded =
	(codes: Readonly<Record<string, string>>) =>
	(word: string): string =>
		codes[word] ?? word;

/** `;`, windows-1252, titles above the table, subtotals and a total, `19 h 30`, `1 234,56`, `72,6 %`. */
function guichetBoreal(lines: readonly SalesLine[]): Uint8Array<ArrayBuffer> {
	const channel = coded({ Web: 'Internet', Mobile: 'Cellulaire' });
	const rows: string[][] = [
		['Guichet Boréal - Ventes par représentation (données synthétiques)'],
		['Édité le 3 février 2026'],
		[
			'No représentation',
			'Date de la représentation',
			'Heure',
			'Spectacle',
			'Discipline',
			'Salle',
			'Région administrative',
			'Canal de vente',
			'Type de tarif',
			'Nb billets',
			'Montant total',
			'Taux d’occupation',
			'RTA principale'
		]
	];
	const sum = (label: string, part: readonly SalesLine[]): string[] => [
		label,
		...Array<string>(8).fill(''),
		String(total(part, 'tickets')),
		grouped(total(part, 'cents'), '\u00a0'),
		'',
		''
	];
	lines.forEach((line, i) => {
		const { performance } = line;
		const [hours, minutes] = clock(line);
		rows.push([
			performance.id,
			isoDay(line).split('-').reverse().join('/'),
			`${hours} h ${minutes}`,
			performance.show.title,
			DISCIPLINE_NAMES[performance.show.discipline],
			performance.venue.hall,
			'Bas St-Laurent',
			channel(line.channel),
			line.tariff,
			String(line.tickets),
			grouped(line.cents, '\u00a0'),
			`${comma(occupationOf(performance).toFixed(1))}\u00a0%`,
			line.area
		]);
		if (i % 150 === 149) rows.push(sum('Sous-total', lines.slice(i - 149, i + 1)));
	});
	rows.push(sum('TOTAL', lines));
	return encoded(table(rows, ';', '\r\n'), 'windows-1252');
}

/** JSON lines in English: numbers as numbers, ISO dates, `7:30 PM`, the currency and time of export on every line. */
function seatLedger(lines: readonly SalesLine[]): Uint8Array<ArrayBuffer> {
	const channel = coded({
		Web: 'Online',
		Mobile: 'Mobile App',
		Guichet: 'Box Office',
		Téléphone: 'Phone',
		Revendeur: 'Reseller'
	});
	const tariff = coded({
		Régulier: 'Regular',
		Aîné: 'Senior',
		Abonnement: 'Subscription',
		Étudiant: 'Student',
		Groupe: 'Group',
		Scolaire: 'School',
		Faveur: 'Complimentary'
	});
	const genre = coded({ Cirque: 'Circus', Danse: 'Dance', Théâtre: 'Theatre' });
	const records = lines.map((line) => {
		const { performance } = line;
		const [hours, minutes] = clock(line);
		return {
			performance_id: performance.id,
			performance_date: isoDay(line),
			start_time: `${((hours + 11) % 12) + 1}:${minutes} ${hours < 12 ? 'AM' : 'PM'}`,
			show_title: performance.show.title,
			genre: genre(DISCIPLINE_NAMES[performance.show.discipline]),
			venue: performance.venue.hall,
			region: 'Montreal',
			sales_channel: channel(line.channel),
			ticket_type: tariff(line.tariff),
			tickets_sold: line.tickets,
			gross_revenue: line.cents / 100,
			occupancy_percent: occupationOf(performance),
			buyer_fsa: line.area,
			currency: 'CAD',
			exported_at: '2026-02-03T08:15:00'
		};
	});
	return encoded(records.map((record) => `${JSON.stringify(record)}\n`).join(''), 'utf-8');
}

/** Tabs, UTF-16 with its mark, days and hours apart, `1 234,56 $`. */
function billetO(lines: readonly SalesLine[]): Uint8Array<ArrayBuffer> {
	const rows = lines.map((line) => {
		const { performance } = line;
		const [hours, minutes] = clock(line);
		return [
			isoDay(line).split('-').reverse().join('-'),
			`${hours}h${minutes}`,
			performance.id,
			performance.show.title,
			DISCIPLINE_NAMES[performance.show.discipline].toUpperCase(),
			performance.venue.hall,
			'Abitibi/Témiscamingue',
			coded({ Web: 'En ligne', Guichet: 'Comptoir' })(line.channel),
			coded({ Régulier: 'Plein tarif', Faveur: 'Invitation' })(line.tariff),
			String(line.tickets),
			`${grouped(line.cents, ' ')} $`,
			comma(occupationOf(performance).toFixed(1)),
			line.area
		];
	});
	const header = [
		'Jour',
		'Heure de début',
		'Numéro de rep.',
		'Titre du spectacle',
		'Genre artistique',
		'Lieu',
		'Région adm.',
		'Mode de vente',
		'Catégorie de prix',
		'Qté',
		'Recettes',
		'Occupation (%)',
		'Code postal (RTA)'
	];
	const text = `\ufeff${table([header, ...rows], '\t', '\r\n')}`;
	const bytes = new Uint8Array(text.length * 2);
	const view = new DataView(bytes.buffer);
	for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), true);
	return bytes;
}

/** `|`, codes for names and for values, a second header line in words. */
function codexSalle(lines: readonly SalesLine[]): Uint8Array<ArrayBuffer> {
	const channel = coded({
		Web: 'WEB',
		Mobile: 'MOB',
		Guichet: 'GUI',
		Téléphone: 'TEL',
		Revendeur: 'REV'
	});
	const tariff = coded({
		Régulier: 'REG',
		Aîné: 'AIN',
		Abonnement: 'ABO',
		Étudiant: 'ETU',
		Groupe: 'GRP',
		Scolaire: 'SCO',
		Faveur: 'FAV'
	});
	const rows = lines.map((line) => {
		const { performance } = line;
		const [hours, minutes] = clock(line);
		return [
			performance.id,
			isoDay(line).replaceAll('-', '/'),
			`${String(hours).padStart(2, '0')}:${minutes}`,
			performance.show.title,
			DISCIPLINE_NAMES[performance.show.discipline].slice(0, 3).toUpperCase(),
			performance.venue.hall,
			performance.venue.region,
			channel(line.channel),
			tariff(line.tariff),
			String(line.tickets),
			(line.cents / 100).toFixed(2),
			occupationOf(performance).toFixed(1),
			line.area
		];
	});
	const codes =
		'NOREP|DTREP|HRREP|TTLSPECT|CDDISC|SALLE|CDREG|CDCAN|TYPTAR|NBBIL|MNTREC|TXOCC|CPRTA'.split(
			'|'
		);
	const words =
		'No de la représentation|Date|Heure|Titre|Discipline|Salle|Région|Canal|Tarif|Billets|Recettes|Occupation|RTA'.split(
			'|'
		);
	return encoded(table([codes, words, ...rows], '|', '\r\n'), 'utf-8');
}

/** `;`, UTF-8 with its mark, thousands of dollars, shares instead of per cent, a remark that no contract asks for. */
function registreDesSalles(lines: readonly SalesLine[]): Uint8Array<ArrayBuffer> {
	const rows = lines.map((line, i) => {
		const { performance } = line;
		const [hours, minutes] = clock(line);
		return [
			performance.venue.town,
			'Estrie (05)',
			performance.venue.hall,
			performance.show.title,
			DISCIPLINE_NAMES[performance.show.discipline],
			isoDay(line),
			`${String(hours).padStart(2, '0')}:${minutes}:00`,
			performance.id,
			line.channel,
			coded({ Étudiant: 'Etudiant', Aîné: 'Ainé', Abonnement: 'Abonnements' })(line.tariff),
			String(line.tickets),
			comma((line.cents / 100_000).toFixed(5)),
			comma((occupationOf(performance) / 100).toFixed(3)),
			line.area,
			i % 40 === 0 ? 'À vérifier' : ''
		];
	});
	const header =
		'Municipalité;Région;Salle;Titre;Discipline;Date;Heure;Référence;Point de vente;Tarif;Billets vendus;Revenu (k$);Taux de remplissage;Secteur postal;Remarque';
	return encoded(table([header.split(';'), ...rows], ';', '\r\n'), 'utf-8-bom');
}

export const DEMO_SYSTEMS: readonly DemoSystem[] = [
	{
		name: 'Guichet Boréal',
		venueId: 'ORG-01',
		fileName: 'guichet-boreal.csv',
		write: guichetBoreal
	},
	{ name: 'CODEX-Salle', venueId: 'ORG-02', fileName: 'codex-salle.txt', write: codexSalle },
	{
		name: 'Registre des salles',
		venueId: 'ORG-03',
		fileName: 'registre-des-salles.csv',
		write: registreDesSalles
	},
	{ name: 'SeatLedger', venueId: 'ORG-04', fileName: 'seatledger.jsonl', write: seatLedger },
	{ name: 'Billet-O', venueId: 'ORG-05', fileName: 'billet-o.txt', write: billetO }
];
