import { describe, expect, it } from 'vitest';
import { embeddedJson, linkedData, licenceUrl, type ReportStanding } from './linked-data.ts';
import type { ReportContent } from './report.ts';

const content: ReportContent = {
	lang: 'fr',
	title: 'Rejoindre </script><script>alert(1)</script>',
	summary: 'Ce que disent 12 000 billets.',
	authors: ['Ana Roy', 'Théâtre du Fleuve'],
	licence: 'CC-BY-4.0',
	blocks: [],
	sources: [
		{
			datasetId: 'd1',
			slug: 'billets',
			version: 3,
			hash: 'a'.repeat(64),
			title: 'Billets',
			organisation: 'Théâtre du Fleuve',
			licence: 'reserved',
			publication: 'aggregates',
			synthetic: true,
			rows: 10
		}
	]
};
const standing: ReportStanding = {
	url: 'https://carnet.exemple.org/rapports/rejoindre',
	number: 2,
	publishedAt: Date.UTC(2026, 10, 24, 12),
	firstPublishedAt: Date.UTC(2026, 9, 1, 12),
	twin: { lang: 'en', url: 'https://carnet.exemple.org/en/reports/rejoindre' },
	site: { name: 'Carnet commun', url: 'https://carnet.exemple.org/' },
	image: 'https://carnet.exemple.org/report-card.png'
};

describe('linkedData', () => {
	it('describes the report in schema.org’s words', () => {
		expect(linkedData(content, standing)).toMatchObject({
			'@context': 'https://schema.org',
			'@type': 'Report',
			inLanguage: 'fr-CA',
			datePublished: '2026-10-01',
			dateModified: '2026-11-24',
			version: '2',
			license: 'https://creativecommons.org/licenses/by/4.0/',
			author: [
				{ '@type': 'Person', name: 'Ana Roy' },
				{ '@type': 'Organization', name: 'Théâtre du Fleuve' }
			],
			workTranslation: { inLanguage: 'en-CA' },
			isBasedOn: [{ '@type': 'Dataset', name: 'Billets', version: '3', identifier: 'billets@3' }]
		});
	});
	it('says nothing where there is nothing to say', () => {
		const bare = linkedData(
			{ ...content, summary: '', licence: 'reserved' },
			{ ...standing, twin: null }
		);
		expect(bare).not.toHaveProperty('license');
		expect(bare).not.toHaveProperty('abstract');
		expect(bare).not.toHaveProperty('workTranslation');
		expect(licenceUrl('reserved')).toBeNull();
	});
});

describe('embeddedJson', () => {
	it('cannot end its element, and reads back the same', () => {
		const value = { text: '</script><!-- & \u2028 \u2029' };
		const json = embeddedJson(value);
		expect(json).not.toMatch(/[<>&\u2028\u2029]/);
		expect(JSON.parse(json)).toEqual(value);
	});
});
