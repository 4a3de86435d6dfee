import { describe, expect, it } from 'vitest';
import { chance } from '../../server/demo/random.ts';
import { MOST_SPELLINGS, spellingGroups, type SpelledText } from './spellings.ts';

const column = (...texts: (readonly [string, number])[]): SpelledText[] =>
	texts.map(([text, rows]) => ({ text, rows }));

/** `to ← from, from (why)` for each group. */
const offered = (...texts: (readonly [string, number])[]): string[] =>
	spellingGroups(column(...texts)).map(
		({ to, from, why }) => `${to} ← ${from.map(({ text }) => text).join('|')} (${why})`
	);

describe('spellings of one value', () => {
	it.each<[string, string, string]>([
		['Théâtre', 'theatre', 'case_accents_spaces'],
		['Théâtre', 'THÉÂTRE', 'case_accents_spaces'],
		['Théâtre', 'Théatre', 'case_accents_spaces'],
		['Théâtre', 'Théâtre ', 'case_accents_spaces'],
		['Théâtre', '\u00a0Théâtre', 'case_accents_spaces'],
		['Théâtre', 'Théâtre'.normalize('NFD'), 'case_accents_spaces'],
		['Théâtre', 'ThÃ©Ã¢tre', 'case_accents_spaces'],
		['Angélique', 'Angâelique', 'case_accents_spaces'],
		['Art de la parole', 'Art de  la\u202fparole', 'case_accents_spaces'],
		['Cœur', 'COEUR', 'case_accents_spaces'],
		['Saguenay–Lac-Saint-Jean', 'Saguenay-Lac-Saint-Jean', 'punctuation'],
		['Saguenay–Lac-Saint-Jean', 'Saguenay--Lac Saint Jean', 'punctuation'],
		["Val-d'Or", 'Val d’Or', 'punctuation'],
		['Coproduction', 'Co-production', 'punctuation'],
		['OSM', 'O.S.M.', 'punctuation'],
		['Place des Arts', 'Place des Arts.', 'punctuation'],
		['Salle 1', 'salle 1', 'case_accents_spaces'],
		['Salle 1', 'Salle  1', 'case_accents_spaces'],
		['Salle 1', 'Salle 1.', 'punctuation'],
		['Montréal', 'Montéral', 'near'],
		['Lanaudière', 'Lanaudère', 'near'],
		['Saguenay–Lac-Saint-Jean', 'Sagunay–Lac-Saint-Jean', 'near'],
		['Théâtre du Nouveau Monde', 'Théatre du Nouvaeu Mnode', 'near'],
		['Régulier', 'Réguiler', 'near'],
		['Musique', 'Msuique', 'near']
	])('« %s » is also written « %s »: %s', (to, from, why) => {
		expect(offered([to, 40], [from, 2])).toEqual([`${to} ← ${from} (${why})`]);
	});

	it.each([
		...[
			'Salle 1|Salle 2',
			'Salle A|Salle B',
			'Salle 12|Salle 1 2',
			'2023|2024',
			'1.5|15',
			'1,5|1-5',
			'-3|3'
		],
		...[
			'Cinq|Cinq jours',
			'Laval|Level',
			'Laval|Naval',
			'Interne|Externe',
			'Spectacle intérieur|Spectacle extérieur',
			'Théâtre Cartier|Théâtre Carotir',
			'Musée|Musées',
			'Musée|Fusée'
		],
		...[
			'Étudiant|Étudiante',
			'Étudiants|Étudiant',
			'Annuel|Annulé',
			'Annulé|Annulée',
			'Danse|Dense',
			'Adulte|Adultes'
		],
		...[
			'côte|coté',
			'Pêcheur|Pécheur',
			'A+|A-',
			'A+|A',
			'C|C++',
			'C#|C',
			'Oui|Oui ?',
			'R&D|RD',
			'Non|Nom',
			'A|À+'
		],
		...[
			'Festival 2023|Festival 2024',
			'H2X|H2Y',
			'A000123|A000124',
			'Groupe II|Groupe III',
			'Saison 1|Saison I'
		],
		...[
			'Hiver|Hier',
			'Est|Ouest',
			'Gaspé|Gaspésie',
			'Montréal-Nord|Montréal-Est',
			'Complet|Incomplet',
			'–|-',
			'?|!'
		],
		...[
			'Deuxième|Douzième',
			'Français|Française',
			'Payant|Payants',
			'Prévente|Revente',
			'Jean Roy|Jeanne Roy',
			'Abonnement|Abbonement'
		],
		...[
			'Internet|Interne',
			'M.|Mme',
			'12 $|12 %',
			'10-12|10/12',
			'AB|A B',
			'Le 5|Le -5',
			'Concert|Concerts d’été'
		]
	])('%s are two values', (pair) => {
		const [a = '', b = ''] = pair.split('|');
		expect(offered([a, 400], [b, 2])).toEqual([]);
		expect(offered([a, 2], [b, 400])).toEqual([]);
		expect(offered([a, 40], [b, 40])).toEqual([]);
	});

	it('are a slip only where one is rare beside the other', () => {
		expect(offered(['Poisson', 40], ['Poison', 30])).toEqual([]);
		expect(offered(['Musique', 40], ['Msuique', 5])).toEqual([]);
		expect(offered(['Montréal', 40], ['Montéral', 20])).toEqual([]);
		expect(offered(['Montréal', 1], ['Montéral', 1])).toEqual([]);
		expect(offered(['Montréal', 3], ['Montéral', 1])).toEqual(['Montréal ← Montéral (near)']);
	});

	it('are not slips of a slip', () => {
		expect(offered(['Montréal', 100], ['Montéral', 20], ['Montérla', 2])).toEqual([
			'Montréal ← Montéral (near)'
		]);
	});

	it('are of values: sentences are left alone', () => {
		const long = 'très '.repeat(60);
		expect(offered([`${long}long`, 9], [`${long}LONG`, 2])).toEqual([]);
		const title =
			'Les plus belles musiques de tous les films de tous les pays et de toujours, orchestre de';
		expect(offered([`${title} Montréal`, 90], [`${title} Montéral`, 2])).toEqual([]);
		expect(offered([`${title} Montréal`, 90], [`${title} MONTREAL`, 2]).length).toBe(1);
	});

	it('become the most frequent, then the one with its accents, then the one with its capital', () => {
		expect(offered(['THEATRE', 9], ['Théâtre', 2])).toEqual([
			'THEATRE ← Théâtre (case_accents_spaces)'
		]);
		expect(offered(['THEATRE', 5], ['Théâtre', 5])).toEqual([
			'Théâtre ← THEATRE (case_accents_spaces)'
		]);
		expect(offered(['danse', 5], ['DANSE', 5], ['Danse', 5])).toEqual([
			'Danse ← DANSE|danse (case_accents_spaces)'
		]);
	});

	it('become one without spaces too many, or broken letters', () => {
		expect(offered(['Danse ', 90], ['Danse', 2])).toEqual(['Danse ← Danse  (case_accents_spaces)']);
		expect(offered(['ThÃ©Ã¢tre', 90], ['Théâtre', 2])).toEqual([
			'Théâtre ← ThÃ©Ã¢tre (case_accents_spaces)'
		]);
		expect(offered([' Danse ', 9], ['danse ', 2])).toEqual([
			'Danse ←  Danse |danse  (case_accents_spaces)'
		]);
	});

	it('are none where a text stands alone, whatever it looks like', () => {
		expect(offered(['ThÃ©Ã¢tre', 9], [' Danse  contemporaine ', 4], ['Cirque', 2])).toEqual([]);
	});

	it('keep words apart that accents make', () => {
		expect(offered(['côte', 9], ['coté', 9], ['cote', 9], ['CÔTE', 2])).toEqual([
			'côte ← CÔTE (case_accents_spaces)'
		]);
	});

	it('are told by what they differ by, each text in one group', () => {
		const groups = spellingGroups(
			column(
				...([
					['Bas-Saint-Laurent', 90],
					['BAS-SAINT-LAURENT', 12],
					['bas-saint-laurent', 3]
				] as const),
				...([
					['Bas Saint Laurent', 7],
					['Bas-Saint-Lauernt', 2],
					['BAS-SAINT-LAUERNT', 1]
				] as const),
				...([
					['Laval', 50],
					['Estrie', 20]
				] as const)
			)
		);
		expect(
			groups.map(({ why, from }) => [
				why,
				...from.map(({ text, rows }) => `${text} ${String(rows)}`)
			])
		).toEqual([
			['case_accents_spaces', 'BAS-SAINT-LAURENT 12', 'bas-saint-laurent 3'],
			['punctuation', 'Bas Saint Laurent 7'],
			['near', 'Bas-Saint-Lauernt 2', 'BAS-SAINT-LAUERNT 1']
		]);
		expect(new Set(groups.map(({ to }) => to))).toEqual(new Set(['Bas-Saint-Laurent']));
	});

	it('are not guessed where a slip may be of two values', () => {
		expect(offered(['Marinette', 50], ['Maronette', 50], ['Marenette', 1])).toEqual([]);
	});

	it('are not sought in a column of more distinct texts than values have', () => {
		const many = Array.from(
			{ length: MOST_SPELLINGS - 1 },
			(_, i) => [`Nom ${String(i)}`, 1] as const
		);
		expect(offered(...many, ['nom 7', 1]).length).toBe(1);
		expect(offered(...many, ['nom 7', 1], ['nom 8', 1])).toEqual([]);
	});

	it('are sought as slips while patience lasts', () => {
		const texts = column(['Montréal', 40], ['MONTRÉAL', 3], ['Montéral', 1]);
		expect(spellingGroups(texts, 64).map(({ why }) => why)).toEqual([
			'case_accents_spaces',
			'near'
		]);
		expect(spellingGroups(texts, 63).map(({ why }) => why)).toEqual(['case_accents_spaces']);
	});

	it('do not hang on the order of the texts, and put no text in two groups', () => {
		const { whole, pick, next } = chance(1729);
		const letters = [...'abcdeé -É'];
		for (let round = 0; round < 200; round++) {
			const words = new Map<string, number>();
			while (words.size < 40) {
				let text = pick(['Théâtre ', 'Monument ', 'Orchestre ', 'Saint-']);
				for (let n = whole(4, 9); n > 0; n--) text += pick(letters);
				words.set(text, whole(1, 60));
			}
			const texts = [...words].map(([text, rows]) => ({ text, rows }));
			const groups = spellingGroups(texts);
			const shuffled = texts.map((text) => [next(), text] as const).sort((a, b) => a[0] - b[0]);
			expect(spellingGroups(shuffled.map(([, text]) => text))).toEqual(groups);
			const from = groups.flatMap((group) => group.from.map(({ text }) => text));
			expect(new Set(from).size).toBe(from.length);
			for (const { to } of groups) expect(from).not.toContain(to);
		}
	});
});
