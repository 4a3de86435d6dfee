/**
 * The file of the csv bench: a box office's export as French programs write them, always the same. Made in a folder
 * of its own, in UTF-8 and in windows-1252.
 */
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const COLUMNS = [
	'no_commande',
	'spectacle',
	'ville',
	'date_achat',
	'tarif',
	'billets',
	'montant',
	'abonné'
] as const;

const TITLES = ['L’été', 'La forêt', 'Le chœur', 'Nuit blanche', 'Les frères', 'À côté', 'Août'];
const PLACES = ['de Gaspé', 'du fleuve', 'd’à côté', 'sans fin', 'à l’étang', 'des Érables'];
const CITIES = [
	'Montréal',
	'Québec',
	'Trois-Rivières',
	'Sept-Îles',
	'Rouyn-Noranda',
	'Rimouski',
	'Gatineau'
];
const TARIFFS = ['Régulier', 'Étudiant', 'Aîné', 'Abonné', 'Famille; groupe', 'Première « »'];

export interface CsvFiles {
	readonly utf8: string;
	readonly cp1252: string;
	readonly bytes: number;
	readonly remove: () => void;
}

export function makeCsvFiles(rows: number): CsvFiles {
	const folder = mkdtempSync(join(tmpdir(), 'carnet-csv-'));
	const utf8 = join(folder, 'ventes.csv');
	const cp1252 = join(folder, 'ventes-1252.csv');
	const files = [openSync(utf8, 'w'), openSync(cp1252, 'w')] as const;
	let state = 1;
	const next = (below: number): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
	const pick = (list: readonly string[]): string => list[next(list.length)] ?? '';
	const two = (n: number): string => String(n).padStart(2, '0');
	const spectacles = Array.from(
		{ length: 240 },
		(_, i) => `${pick(TITLES)} ${pick(PLACES)}${i % 5 ? '' : ' — dit ""oui""'} ${i}`
	);
	let text = `${COLUMNS.join(';')}\r\n`;
	for (let row = 0; row < rows; row++) {
		const tarif = pick(TARIFFS);
		const cents = next(6) === 0 ? 100_000 + next(900_000) : 500 + next(20_000);
		const whole = Math.floor(cents / 100);
		const amount = `${whole >= 1000 ? `${Math.floor(whole / 1000)} ${String(whole % 1000).padStart(3, '0')}` : whole},${two(cents % 100)}`;
		text += `BIL-${String(100_000 + next(300_000))};"${pick(spectacles)}";${pick(CITIES)};${two(1 + next(28))}/${two(1 + next(12))}/${2015 + next(10)};${tarif.includes(';') ? `"${tarif}"` : tarif};${next(50) === 0 ? '' : 1 + next(6)};${next(9) === 0 ? `"${amount}"` : amount};${next(3) ? 'non' : 'oui'}\r\n`;
		if (text.length > 1_000_000 || row === rows - 1) {
			writeSync(files[0], text);
			writeSync(files[1], latin(text));
			text = '';
		}
	}
	for (const file of files) closeSync(file);
	return {
		utf8,
		cp1252,
		bytes: statSync(utf8).size,
		remove: () => rmSync(folder, { recursive: true, force: true })
	};
}

/** The letters of the file that are not where Latin-1 has them. */
const APART = new Map([
	['’', '\x92'],
	['—', '\x97'],
	['œ', '\x9c']
]);
const latin = (text: string): Buffer =>
	Buffer.from(
		text.replace(/[’—œ]/g, (letter) => APART.get(letter) ?? letter),
		'latin1'
	);
