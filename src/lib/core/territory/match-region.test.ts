import { describe, expect, it } from 'vitest';
import { chance } from '../../server/demo/random.ts';
import { matchRegion } from './match-region.ts';
import { QUEBEC_REGIONS } from './quebec-regions.ts';

const codeOf = (text: string): string | null => matchRegion(text)?.code ?? null;

const bare = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');
const wronglyRead = (text: string): string =>
	new TextDecoder('windows-1252').decode(new TextEncoder().encode(text));

/** What people and programs make of a name, by rules that know nothing of the matcher. */
function variantsOf(code: string, name: string): string[] {
	const spaced = name.replace(/[-–]/g, ' ');
	const variants = [
		name,
		name.toUpperCase(),
		name.toLowerCase(),
		bare(name),
		bare(name).toUpperCase(),
		name.normalize('NFD'),
		spaced,
		bare(spaced).toLowerCase(),
		...['--', '/', ' - ', ' – ', '—', '_', '\u2011'].map((mark) => name.replaceAll('–', mark)),
		...['-', '--', ' / ', '\u00a0', '  '].map((mark) => name.replace(/[-–]/g, mark)),
		name.replace(/[-–]/g, ''),
		` ${name} `,
		name.padEnd(200),
		`${name}\u00a0`,
		`${name}.`,
		`« ${name} »`,
		name.replaceAll('Saint', 'St'),
		name.replaceAll('Saint', 'St.'),
		name.replaceAll('Québec', 'Qc'),
		...['La ', 'Le ', "L'", 'L’', 'Les '].map((article) => article + name),
		...['de ', 'de la ', 'du ', "de l'", 'des ', 'de l’'].map((of) => `Région ${of}${name}`),
		`REGION DE ${bare(name).toUpperCase()}`,
		`Région administrative de ${name}`,
		`Région : ${name}`,
		`${name} region`,
		`The ${name} area`,
		`${name} (${code})`,
		`${code} - ${name}`,
		`${code}. ${name}`,
		`${code} ${bare(name)}`,
		`Région ${code} (${name})`,
		`Région ${code} – ${name}`,
		`Région ${code}`,
		`Région administrative ${code}`,
		`région no ${code}`,
		`région n° ${String(Number(code))}`,
		`${name}, Québec`,
		`${name} (Québec)`,
		`${name}, QC`,
		`${name}, Québec, Canada`,
		wronglyRead(name),
		wronglyRead(name.toUpperCase()),
		wronglyRead(wronglyRead(name)),
		wronglyRead(name).toLowerCase(),
		name.replace(/[éèîôÎ]/, '\ufffd'),
		name.replace(/[éèô]/, '?')
	];
	return [...new Set(variants)];
}

describe('a name of a region', () => {
	it('is known in every variant that rules make of the official names', () => {
		const all = QUEBEC_REGIONS.flatMap(({ code, name }) =>
			variantsOf(code, name).map((text) => [text, code] as const)
		);
		expect(new Set(all.map(([text]) => text)).size).toBeGreaterThan(300);
		expect(all.filter(([text, code]) => codeOf(text) !== code)).toEqual([]);
	});

	it('bears a slip, but the first letter must hold and short names bear none', () => {
		const { whole } = chance(20_260_314);
		const wrong: string[] = [];
		for (const { code, name } of QUEBEC_REGIONS) {
			if (name.length < 6) continue;
			for (let round = 0; round < 40; round++) {
				const at = whole(1, name.length - 2);
				const swapped =
					name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2);
				const doubled = name.slice(0, at) + (name[at] ?? '') + name.slice(at);
				const dropped = name.slice(0, at) + name.slice(at + 1);
				for (const text of [swapped, doubled, dropped])
					// An island of the Indian Ocean is a letter away.
					if (text !== 'Maurice' && codeOf(text) !== code) wrong.push(text);
			}
		}
		expect(wrong).toEqual([]);
	});

	it.each([
		['Québec (03)', '03'],
		['Québec 03', '03'],
		['03 - Québec', '03'],
		['Région de Québec', '03'],
		['Quebec City region', '03'],
		['Québec (Capitale-Nationale)', '03'],
		['Cap.-Nat.', '03'],
		['Capitale-Nat', '03'],
		['Capital-National', '03'],
		['Bas-du-Fleuve', '01'],
		['Lower St. Lawrence', '01'],
		['Lower Saint Lawrence', '01'],
		['BSL', '01'],
		['Bas-St-L.', '01'],
		['Saguenay / Lac-St-Jean', '02'],
		['Saguenay—Lake St. John', '02'],
		['Sag-Lac-St-Jean', '02'],
		['SLSJ', '02'],
		['Mauricie–Bois-Francs', '04'],
		["Cantons-de-l'Est", '05'],
		["Estrie (Cantons-de-l'Est)", '05'],
		['Eastern Townships', '05'],
		['Île de Montréal', '06'],
		['Montreal (Quebec)', '06'],
		['Mtl', '06'],
		['Outaoauis', '07'],
		['Abitibi-Tém.', '08'],
		['Abitibi Temiscaming', '08'],
		['North Shore (Côte-Nord)', '09'],
		['Côte-Nord / North Shore', '09'],
		['Northern Quebec', '10'],
		['Nouveau-Québec', '10'],
		['Nord-du-Qué.', '10'],
		['Gaspésie', '11'],
		['Gaspésie-IDM', '11'],
		['Gaspésie-Les Îles', '11'],
		['Gaspésie/Magdalen Islands', '11'],
		['Îles-de-la-Madeleine', '11'],
		['Magdalen Islands', '11'],
		['GÎM', '11'],
		['Chaud.-App.', '12'],
		['Chaudieres-Apalaches', '12'],
		['Ville de Laval', '13'],
		['Lanaud.', '14'],
		['Laurentians', '15'],
		['Laurentide', '15'],
		['Montérégi', '16'],
		['Montregie', '16'],
		['Centre-du-Qc', '17'],
		['Centre du Québec / Central Quebec', '17'],
		['Bois-Francs', '17']
	])('%s is %s', (text, code) => {
		expect(codeOf(text)).toBe(code);
	});

	it('is the official one in the answer', () => {
		expect(matchRegion('saguenay-lac-saint-jean')).toEqual({
			code: '02',
			name: 'Saguenay–Lac-Saint-Jean'
		});
	});

	it('may be a code alone where codes are asked for', () => {
		for (const { code } of QUEBEC_REGIONS) {
			expect(codeOf(code)).toBeNull();
			expect(matchRegion(code, { codes: true })?.code).toBe(code);
			for (const text of [String(Number(code)), `RA ${code}`, `R${code}`]) {
				expect(codeOf(text)).toBeNull();
				expect(matchRegion(text, { codes: true })?.code).toBe(code);
			}
		}
		for (const text of ['0', '00', '18', '99', '003', '3.5', '-3 4'])
			expect(matchRegion(text, { codes: true })).toBeNull();
	});
});

const FRENCH = [
	...['Île-de-France', "Provence-Alpes-Côte d'Azur", 'Rhône-Alpes', 'Midi-Pyrénées'],
	...['Pays de la Loire', 'Bourgogne', 'Centre', 'Languedoc-Roussillon', 'Aquitaine', 'Bretagne'],
	...['Basse-Normandie', 'Haute-Normandie', 'Alsace', 'Nord-Pas-de-Calais', 'Poitou-Charentes'],
	...['Auvergne-Rhône-Alpes', 'Occitanie', 'Grand Est', 'Lorraine', 'Nouvelle-Aquitaine'],
	...['Picardie', 'Champagne-Ardenne', 'Champagne-Ardennes', 'Bourgogne-Franche-Comté'],
	...['Franche-Comté', 'Auvergne', 'Normandie', 'Centre-Val de Loire', 'Hauts-de-France', 'Corse'],
	...['Limousin', 'Martinique', 'La Réunion', 'Guadeloupe', 'Guyane', 'Saint-Pierre-et-Miquelon'],
	...[
		'St Pierre et Miquelon',
		'Mayotte',
		'Nord',
		'Côtes-du-Nord',
		"Côtes-d'Armor",
		'Territoire du Nord'
	]
];
const ELSEWHERE = [
	...['Québec', 'Province de Québec', 'Québec, Canada', 'QC', 'Qc (Canada)', 'Ontario', 'Manitoba'],
	...['Nouveau-Brunswick', 'Nouvelle-Écosse', 'Alberta', 'Saskatchewan', 'Colombie-Britannique'],
	...['Terre-Neuve-et-Labrador', 'Île-du-Prince-Édouard', 'Yukon', 'Nunavut', 'Labrador', 'Canada'],
	...['Territoires du Nord-Ouest', 'France', 'États-Unis', 'Maurice', 'Île Maurice', 'Mauritanie'],
	...[
		'Mauritius',
		'Belgique',
		'Suisse',
		'Haïti',
		'Sénégal',
		'Estonie',
		'Istrie',
		'Laos',
		'Montserrat'
	],
	...[
		'Monténégro',
		'Montreuil',
		'Montreux',
		'Monterey',
		'Monterrey',
		'Autriche',
		'République tchèque'
	],
	...[
		'Corée du Nord',
		'Macédoine du Nord',
		'Irlande du Nord',
		'Hors Québec',
		'Autre',
		'Autres régions'
	],
	...['Toutes les régions', 'Ensemble du Québec', 'Reste du Québec', 'Est-du-Québec', 'Total']
];
const MUNICIPALITIES = [
	...['Trois-Rivières', 'Gatineau', 'Sherbrooke', 'Longueuil', 'Saguenay', 'Lévis', 'Terrebonne'],
	...[
		'Rimouski',
		'Rouyn-Noranda',
		"Val-d'Or",
		'Sept-Îles',
		'Baie-Comeau',
		'Gaspé',
		'Drummondville'
	],
	...['Saint-Jean-sur-Richelieu', 'Saint-Jérôme', 'Granby', 'Blainville', 'Brossard', 'Mirabel'],
	...['Shawinigan', 'Victoriaville', 'Alma', 'Matane', 'Joliette', 'Mont-Laurier', 'Saint-Laurent'],
	...[
		'Montréal-Nord',
		'Montréal-Est',
		'Montréal-Ouest',
		'Mont-Royal',
		'Laval-des-Rapides',
		'Bécancour'
	],
	...[
		'Ville de Québec',
		'Quebec City',
		'Québec (ville)',
		'Vieux-Québec',
		'Chicoutimi',
		'Lac-Saint-Jean'
	],
	...[
		'Grand Montréal',
		'Rive-Nord',
		'Rive-Sud',
		'North Shore',
		'Nord',
		'Sud',
		'Est',
		'Ouest',
		'Centre'
	],
	...[
		'Centre-ville',
		'Capitale',
		'National Capital Region',
		'Nationale',
		'Côte',
		'Saint-Jean',
		'Abitibi-Ouest'
	],
	...[
		'Mauricie et Centre-du-Québec',
		'Laurentides / Laval',
		'Laval et Laurentides',
		'Estrie, Montérégie'
	],
	...['Sherbrooke (Estrie)', 'Montréal ou Laval', 'Bas-Saint-Laurent–Gaspésie']
];
const OTHER_TEXTS = [
	...['Théâtre', 'Danse', 'Musique', 'Cirque', 'Humour', 'Variété', 'Art de la parole', 'Chanson'],
	...[
		'Level',
		'Naval',
		'Lava',
		'Cheval',
		'Laval 2',
		'Laval 12',
		'Laurence',
		'Laurent',
		'Laurentien'
	],
	...['Laurentian', 'Maurice', 'Mauricien', 'Gaspésien', 'Estrien', 'Montérégie 01', 'Lanterne'],
	...[
		'03',
		'3',
		'17',
		'2024',
		'Région',
		'Région administrative',
		'Région 18',
		'Région 0',
		'R',
		'RA',
		'no 3'
	],
	...['Salle 3', 'Québec 10', 'Capitale-Nationale (04)', 'Région 03 04', '', ' ', '–', '?', '.'],
	...['toString', '__proto__', 'constructor', 'x'.repeat(500), `Région ${'de '.repeat(60)}Laval`],
	...['Estrie 5', 'Québec 3', 'Laval 13 13', 'Laval / Laval / Laval / Laval / Laval'],
	...[
		'Côte',
		'Gatineau (Outaouais)',
		'Le Nord',
		'La Côte',
		'Bas',
		'Saint',
		'Lac',
		'Lac-Nord',
		'Centre-Nord'
	]
];

describe('what is no region of Québec', () => {
	const spellings = (text: string): string[] => [
		text,
		text.toUpperCase(),
		bare(text).toUpperCase(),
		bare(text).toLowerCase().replaceAll('-', ' '),
		wronglyRead(text),
		`Région ${text}`
	];
	it('is not matched: regions of France, however written', () => {
		const texts = [...new Set(FRENCH.flatMap(spellings))];
		expect(texts.length).toBeGreaterThan(150);
		expect(texts.filter((text) => matchRegion(text))).toEqual([]);
	});
	it('is not matched: countries, provinces, municipalities, anything else', () => {
		const texts = [...ELSEWHERE, ...MUNICIPALITIES, ...OTHER_TEXTS];
		expect(new Set(texts).size).toBeGreaterThan(150);
		expect(texts.filter((text) => matchRegion(text))).toEqual([]);
	});
	it('is not matched where two names, or a name and a code, disagree', () => {
		for (const a of QUEBEC_REGIONS)
			for (const b of QUEBEC_REGIONS) {
				if (a === b) continue;
				for (const text of [
					`${a.name} / ${b.name}`,
					`${a.name} (${b.code})`,
					`${b.code} ${a.name}`
				])
					expect(matchRegion(text), text).toBeNull();
			}
	});
});
