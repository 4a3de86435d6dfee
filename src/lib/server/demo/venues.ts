/**
 * The invented organisations of the demo: one hall each, in as many regions, with the forward sortation areas
 * that their public comes from. None of them exists; the areas do, near the town named.
 */
import type { Discipline, RegionCode } from '../../core/workshop/vocabulary.ts';

export interface Venue {
	readonly id: string;
	readonly name: string;
	readonly region: RegionCode;
	readonly town: string;
	readonly hall: string;
	/** Seats. */
	readonly seats: number;
	/** What it programmes, by weight. */
	readonly programme: readonly (readonly [Discipline, number])[];
	/** Forward sortation areas of its public, by weight. */
	readonly areas: readonly (readonly [string, number])[];
	/** How much of its hall it fills, against the others. */
	readonly draw: number;
	/** How much it charges, against the others. */
	readonly price: number;
}

export const VENUES: readonly Venue[] = [
	{
		id: 'ORG-01',
		name: 'Théâtre des Marées',
		region: '01',
		town: 'Rimouski',
		hall: 'Salle de l’Estran',
		seats: 680,
		programme: [
			['theatre', 5],
			['musique', 3],
			['humour', 2]
		],
		areas: [
			['G5L', 10],
			['G5M', 5],
			['G5N', 3],
			['G0L', 4],
			['G0J', 2],
			['G5H', 2],
			['G5R', 2],
			['G4W', 1]
		],
		draw: 0.97,
		price: 0.92
	},
	{
		id: 'ORG-02',
		name: 'Maison des Remparts',
		region: '03',
		town: 'Québec',
		hall: 'Salle du Bastion',
		seats: 1450,
		programme: [
			['musique', 6],
			['variete', 2],
			['danse', 2]
		],
		areas: [
			['G1R', 8],
			['G1K', 7],
			['G1S', 6],
			['G1V', 5],
			['G1X', 4],
			['G1L', 3],
			['G1C', 2],
			['G2B', 2],
			['G6V', 3],
			['G6W', 2]
		],
		draw: 1.02,
		price: 1.06
	},
	{
		id: 'ORG-03',
		name: 'Diffusion Deux-Vallées',
		region: '05',
		town: 'Sherbrooke',
		hall: 'Salle de la Confluence',
		seats: 960,
		programme: [
			['humour', 5],
			['musique', 3],
			['theatre', 3]
		],
		areas: [
			['J1H', 8],
			['J1J', 6],
			['J1L', 6],
			['J1K', 5],
			['J1E', 3],
			['J1G', 3],
			['J1N', 2],
			['J1X', 4],
			['J0B', 3]
		],
		draw: 1.05,
		price: 0.97
	},
	{
		id: 'ORG-04',
		name: 'Espace Chantier',
		region: '06',
		town: 'Montréal',
		hall: 'Grande salle du Chantier',
		seats: 640,
		programme: [
			['danse', 5],
			['theatre', 3],
			['cirque', 3]
		],
		areas: [
			['H2J', 8],
			['H2T', 6],
			['H2H', 6],
			['H2X', 5],
			['H1W', 5],
			['H1V', 4],
			['H2G', 4],
			['H3J', 2],
			['H4C', 2],
			['J4K', 2],
			['J4H', 2],
			['H7N', 1]
		],
		draw: 0.96,
		price: 1.02
	},
	{
		id: 'ORG-05',
		name: 'Les Nuits boréales',
		region: '08',
		town: 'Rouyn-Noranda',
		hall: 'Agora du Lac',
		seats: 820,
		programme: [
			['variete', 4],
			['humour', 3],
			['musique', 3],
			['art_de_la_parole', 1]
		],
		areas: [
			['J9X', 10],
			['J9Y', 5],
			['J0Z', 5],
			['J9P', 4],
			['J9T', 3],
			['J9V', 2]
		],
		draw: 0.99,
		price: 0.9
	}
];
