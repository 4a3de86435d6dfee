/** The words of the sector's vocabularies, in the reader's language. Listed one by one so that a page loads only these. */
import type { Audience, Licence, PublicationTerms } from '$lib/core/governance/terms';
import type { Lang } from '$lib/core/notebook/notebook';
import type { Discipline, Question, RegionCode } from '$lib/core/workshop/vocabulary';
import { m } from '$lib/paraglide/messages';

/** A message in the reader's language, or in that of the thing shown. */
type Name = (inputs?: Record<never, never>, options?: { locale?: Lang }) => string;

const REGIONS: Record<RegionCode, () => string> = {
	'01': m.region_01,
	'02': m.region_02,
	'03': m.region_03,
	'04': m.region_04,
	'05': m.region_05,
	'06': m.region_06,
	'07': m.region_07,
	'08': m.region_08,
	'09': m.region_09,
	'10': m.region_10,
	'11': m.region_11,
	'12': m.region_12,
	'13': m.region_13,
	'14': m.region_14,
	'15': m.region_15,
	'16': m.region_16,
	'17': m.region_17
};

const DISCIPLINES: Record<Discipline, () => string> = {
	cirque: m.discipline_cirque,
	musique: m.discipline_musique,
	danse: m.discipline_danse,
	theatre: m.discipline_theatre,
	humour: m.discipline_humour,
	variete: m.discipline_variete,
	art_de_la_parole: m.discipline_art_de_la_parole
};

const QUESTIONS: Record<Question, () => string> = {
	1: m.question_1,
	2: m.question_2,
	3: m.question_3,
	4: m.question_4,
	5: m.question_5,
	6: m.question_6,
	7: m.question_7,
	8: m.question_8
};

const LICENCES: Record<Licence, Name> = {
	'CC-BY-4.0': m.licence_cc_by_4_0,
	'CC-BY-SA-4.0': m.licence_cc_by_sa_4_0,
	'CC-BY-NC-4.0': m.licence_cc_by_nc_4_0,
	'CC-BY-NC-SA-4.0': m.licence_cc_by_nc_sa_4_0,
	'CC0-1.0': m.licence_cc0_1_0,
	'ODbL-1.0': m.licence_odbl_1_0,
	'OGL-Canada-2.0': m.licence_ogl_canada_2_0,
	'etalab-2.0': m.licence_etalab_2_0,
	reserved: m.licence_reserved
};

const PUBLICATION: Record<PublicationTerms, Name> = {
	nothing: m.publication_nothing,
	aggregates: m.publication_aggregates,
	rows: m.publication_rows
};

const AUDIENCES: Record<Audience, Name> = {
	granted: m.audience_granted,
	everyone: m.audience_everyone
};

/** A code that is not of the vocabulary (an older record) is shown as it is. */
const named = (names: Readonly<Record<string, Name>>, code: string, lang?: Lang): string =>
	names[code]?.({}, lang && { locale: lang }) ?? code;

export const regionName = (code: string): string => named(REGIONS, code);
export const disciplineName = (code: string): string => named(DISCIPLINES, code);
/** The end of « Comment pourrions-nous… ». */
export const questionText = (question: number): string => named(QUESTIONS, String(question));
/** `lang`: of the thing shown (a report), where it may not be the reader's. */
export const licenceName = (licence: string, lang?: Lang): string => named(LICENCES, licence, lang);
export const audienceName = (audience: string): string => named(AUDIENCES, audience);
export const publicationName = (terms: string, lang?: Lang): string =>
	named(PUBLICATION, terms, lang);
/** The same inside a sentence: « Publication permise : des agrégats seulement ». */
export const publicationInSentence = (terms: string, lang?: Lang): string => {
	const name = publicationName(terms, lang);
	return name.charAt(0).toLowerCase() + name.slice(1);
};
