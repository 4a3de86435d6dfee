/**
 * The sector's vocabularies: codes only; their names are messages (`region_06`, `discipline_theatre`, `question_5`).
 * Sources: Institut de la statistique du Québec (regions), Scène Pro / ASQ (disciplines), the study
 * « Mutualisation des services en culture dans un environnement numérique », Culture pour tous (questions).
 */
export const REGION_CODES = [
	'01',
	'02',
	'03',
	'04',
	'05',
	'06',
	'07',
	'08',
	'09',
	'10',
	'11',
	'12',
	'13',
	'14',
	'15',
	'16',
	'17'
] as const;
export type RegionCode = (typeof REGION_CODES)[number];

export const DISCIPLINES = [
	'cirque',
	'musique',
	'danse',
	'theatre',
	'humour',
	'variete',
	'art_de_la_parole'
] as const;
export type Discipline = (typeof DISCIPLINES)[number];

/** « Comment pourrions-nous… », 1 to 8. */
export const QUESTIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
export type Question = (typeof QUESTIONS)[number];
