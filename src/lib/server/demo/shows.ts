/** Invented shows: titles, public, language, provenance. No real work, troupe or artist is meant. */
import type { Discipline } from '../../core/workshop/vocabulary.ts';
import type { Chance } from './random.ts';

/** As a box office writes them. */
export const DISCIPLINE_NAMES: Readonly<Record<Discipline, string>> = {
	cirque: 'Cirque',
	musique: 'Musique',
	danse: 'Danse',
	theatre: 'Théâtre',
	humour: 'Humour',
	variete: 'Variété',
	art_de_la_parole: 'Art de la parole'
};

export interface Show {
	readonly title: string;
	readonly discipline: Discipline;
	readonly language: 'FR' | 'EN' | 'Sans paroles' | 'Autre';
	readonly audience: string;
	readonly provenance: string;
	/** How well it draws, around 1. */
	readonly appeal: number;
}

const TITLES: Readonly<Record<Discipline, readonly string[]>> = {
	cirque: ['Gravité douce', 'Le fil et la foudre', 'Sept chaises', 'Envers du plafond', 'Oscille'],
	musique: [
		'Nocturne boréal',
		'Chansons du dégel',
		'Quatuor sous la neige',
		'Les cordes lentes',
		'Harmonies d’estuaire',
		'Paper Rivers',
		'Fanfare de poche',
		'Le grand accord',
		'Voix de novembre'
	],
	danse: ['Pas perdus', 'Matière vive', 'Contre-jour', 'Duo pour une foule', 'Racines mobiles'],
	theatre: [
		'La maison d’en face',
		'Les marées lentes',
		'Trois hivers',
		'Le dernier traversier',
		'Cuisine américaine',
		'Le musée des absents',
		'Petite histoire du bruit'
	],
	humour: [
		'Rien de prévu',
		'Mode avion',
		'Pas pire',
		'Service à la clientèle',
		'Presque adulte',
		'On se calme'
	],
	variete: ['Grand cabaret du Nord', 'Soirée magique', 'La revue d’hier', 'Comédie des étoiles'],
	art_de_la_parole: ['Contes de la baie', 'Menteries choisies', 'Veillée des ombres']
};

/** Every show of the two seasons, each with its own appeal. */
export function makeShows(chance: Chance): Show[] {
	return (Object.keys(TITLES) as Discipline[]).flatMap((discipline) =>
		TITLES[discipline].map((title) => ({
			title,
			discipline,
			language: languageOf(title, discipline, chance),
			audience: chance.weighted([
				['Tous publics', 5],
				['Adultes', 6],
				['Familles', 2],
				['Jeunesse 13–16', 1],
				['Enfance 8–12', 1],
				['Aînés', 1]
			]),
			provenance: chance.weighted([
				['Québec', 80],
				['Reste du Canada', 7],
				['France', 7],
				['États-Unis', 3],
				['Autre', 3]
			]),
			appeal: Math.min(1.25, Math.max(0.7, chance.normal(1, 0.13)))
		}))
	);
}

function languageOf(title: string, discipline: Discipline, chance: Chance): Show['language'] {
	if (title === 'Paper Rivers') return 'EN';
	if (discipline === 'danse' || discipline === 'cirque') return 'Sans paroles';
	return chance.happens(0.04) ? 'Autre' : 'FR';
}
