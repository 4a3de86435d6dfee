/** The seventeen administrative regions of Québec, as the government writes them: only 02 and 11 take an en dash. */

export interface Region {
	/** `01` to `17`. */
	readonly code: string;
	/** The official name, in French; it is the same in English. */
	readonly name: string;
}

/** In the order of their codes. */
export const QUEBEC_REGIONS: readonly Region[] = [
	{ code: '01', name: 'Bas-Saint-Laurent' },
	{ code: '02', name: 'Saguenay–Lac-Saint-Jean' },
	{ code: '03', name: 'Capitale-Nationale' },
	{ code: '04', name: 'Mauricie' },
	{ code: '05', name: 'Estrie' },
	{ code: '06', name: 'Montréal' },
	{ code: '07', name: 'Outaouais' },
	{ code: '08', name: 'Abitibi-Témiscamingue' },
	{ code: '09', name: 'Côte-Nord' },
	{ code: '10', name: 'Nord-du-Québec' },
	{ code: '11', name: 'Gaspésie–Îles-de-la-Madeleine' },
	{ code: '12', name: 'Chaudière-Appalaches' },
	{ code: '13', name: 'Laval' },
	{ code: '14', name: 'Lanaudière' },
	{ code: '15', name: 'Laurentides' },
	{ code: '16', name: 'Montérégie' },
	{ code: '17', name: 'Centre-du-Québec' }
];

const BY_CODE = new Map(QUEBEC_REGIONS.map((region) => [region.code, region]));

/** @param code `01` to `17`; any other text has no region */
export const regionOfCode = (code: string): Region | null => BY_CODE.get(code) ?? null;
