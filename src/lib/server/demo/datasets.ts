/** The demo's three datasets: what they say of themselves, and under what terms. Always said to be synthetic. */
import { cleanAbout, type DatasetAbout } from '../../core/dataset/about.ts';
import type { ColumnAbout } from '../../core/dataset/column-about.ts';
import type { Licence, PublicationTerms } from '../../core/governance/terms.ts';
import { encodeTable } from '../../tables/arrow.ts';
import type { Column } from '../../tables/column.ts';
import { makeDemoTables } from './box-office.ts';
import { PERFORMANCE_WORDS, TICKET_WORDS, WEB_WORDS } from './column-words.ts';
import { VENUES } from './venues.ts';

export interface DemoDataset {
	readonly slug: string;
	readonly title: string;
	readonly description: string;
	readonly about: DatasetAbout;
	readonly columnsAbout: readonly ColumnAbout[];
	readonly licence: Licence;
	readonly publication: PublicationTerms;
	readonly columns: readonly Column[];
	/** Arrow IPC. */
	readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface DemoDatasets {
	readonly tickets: DemoDataset;
	readonly performances: DemoDataset;
	readonly web: DemoDataset;
}

/** French puts a no-break space before a colon. */
const spaced = (text: string): string => text.replace(' :', '\u00a0:');

const SYNTHETIC = {
	fr: spaced(
		'Données synthétiques, produites par un générateur : aucun organisme, aucun spectacle et aucune personne n’est réel. Les ordres de grandeur imitent ceux du secteur.'
	),
	en: 'Synthetic data, made by a generator: no organisation, no show and no person is real. Orders of magnitude follow those of the sector.'
};

export function makeDemoDatasets(): DemoDatasets {
	const { tickets, performances, webAudience } = makeDemoTables();
	const dataset = (
		slug: string,
		publication: PublicationTerms,
		columns: readonly Column[],
		columnsAbout: readonly ColumnAbout[],
		keywords: readonly string[],
		fr: readonly [title: string, text: string],
		en: readonly [title: string, text: string]
	): DemoDataset => ({
		slug,
		title: fr[0],
		description: `${fr[1]} ${SYNTHETIC.fr}`,
		about: cleanAbout({
			lang: 'fr',
			titleOther: en[0],
			descriptionOther: `${en[1]} ${SYNTHETIC.en}`,
			keywords,
			regions: VENUES.map(({ region }) => region),
			place: VENUES.map(({ town }) => town).join(', '),
			from: '2024',
			to: '2025',
			source: spaced('Générateur de la démonstration : une même graine donne toujours ces données.')
		}),
		columnsAbout,
		licence: 'CC-BY-4.0',
		publication,
		columns,
		bytes: encodeTable(columns)
	});
	return {
		tickets: dataset(
			'billetterie-demo',
			'aggregates',
			tickets,
			TICKET_WORDS,
			['billets', 'publics', 'tickets', 'audiences'],
			['Billetterie', 'Une ligne par billet, cinq salles de cinq régions, 2024 et 2025.'],
			['Ticket sales', 'One line per ticket, five halls in five regions, 2024 and 2025.']
		),
		performances: dataset(
			'representations-demo',
			'rows',
			performances,
			PERFORMANCE_WORDS,
			['salles', 'occupation', 'halls', 'occupancy'],
			[
				'Représentations',
				spaced('Une ligne par représentation : jauge, entrées, revenus, cachet.')
			],
			['Performances', 'One line per performance: seats, admissions, revenue, fee.']
		),
		web: dataset(
			'audience-web-demo',
			'aggregates',
			webAudience,
			WEB_WORDS,
			['web', 'infolettre', 'newsletter'],
			['Audience des sites', 'Une ligne par jour, par organisme et par source de visites.'],
			['Website audience', 'One line per day, organisation and source of visits.']
		)
	};
}
