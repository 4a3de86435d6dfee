/** The administrative regions of Québec as files write them, matched to their official names. */
import type { RegionCode } from '../workshop/vocabulary.ts';
import { foldValue } from './fold.ts';

/** Code, official name, other ways of writing it. Source: Institut de la statistique du Québec. */
const REGIONS: readonly (readonly [code: RegionCode, name: string, ...others: string[]])[] = [
	['01', 'Bas-Saint-Laurent', 'Bas St-Laurent', 'BSL', 'Lower St. Lawrence'],
	['02', 'Saguenay–Lac-Saint-Jean', 'Saguenay Lac St-Jean', 'Saguenay', 'SLSJ'],
	['03', 'Capitale-Nationale', 'Québec', 'Ville de Québec', 'National Capital', 'Quebec City'],
	['04', 'Mauricie'],
	['05', 'Estrie', 'Cantons-de-l’Est', 'Eastern Townships'],
	['06', 'Montréal', 'Mtl', 'Île de Montréal', 'Montréal-Centre'],
	['07', 'Outaouais'],
	['08', 'Abitibi-Témiscamingue', 'Abitibi', 'Abitibi-T.', 'A-T'],
	['09', 'Côte-Nord', 'North Shore'],
	['10', 'Nord-du-Québec', 'Nord du Qc', 'Northern Quebec'],
	['11', 'Gaspésie–Îles-de-la-Madeleine', 'Gaspésie', 'Gaspé', 'GIM'],
	['12', 'Chaudière-Appalaches'],
	['13', 'Laval'],
	['14', 'Lanaudière'],
	['15', 'Laurentides', 'Laurentians'],
	['16', 'Montérégie'],
	['17', 'Centre-du-Québec']
];

const BY_WORDS = new Map<string, string>();
for (const [code, name, ...others] of REGIONS) {
	for (const words of [code, String(Number(code)), name, ...others])
		BY_WORDS.set(foldValue(words), name);
}
const OFFICIAL = new Set(REGIONS.map(([, name]) => name));

/** Whether a text is a region's official name, as it is written. */
export const isRegionName = (text: string): boolean => OFFICIAL.has(text);

/** The official name of the region that a text means; null for what is none. */
export function regionNamed(text: string): string | null {
	const words = foldValue(text);
	return (
		BY_WORDS.get(words) ??
		// `06 - Montréal`, `Montréal (06)`
		BY_WORDS.get(words.replace(/^(0?[1-9]|1[0-7]) (?=\D)/, '')) ??
		BY_WORDS.get(words.replace(/(?<=\D) (0?[1-9]|1[0-7])$/, '')) ??
		null
	);
}
