/** Names of what a notebook holds, as the publishing page says them. */
import type { PublishRefusal } from '$lib/core/governance/publish';
import type { PublicationTerms } from '$lib/core/governance/terms';
import type { CellKind } from '$lib/core/notebook/kind';
import type { Output } from '$lib/core/protocol/messages';
import { m } from '$lib/paraglide/messages';

export const KIND_NAMES: Record<CellKind, () => string> = {
	text: m.report_publish_kind_text,
	data: m.report_publish_kind_data,
	transform: m.report_publish_kind_transform,
	chart: m.report_publish_kind_chart,
	control: m.report_publish_kind_control,
	code: m.report_publish_kind_code
};

export const OUTPUT_NAMES: Record<Output['kind'], () => string> = {
	text: m.report_publish_output_text,
	picture: m.report_publish_output_picture,
	table: m.report_publish_output_table,
	value: m.report_publish_output_value,
	control: m.report_publish_output_control
};

/** What terms allow, in a sentence. */
export const TERMS_ALLOW: Record<PublicationTerms, () => string> = {
	nothing: m.report_publish_terms_nothing,
	aggregates: m.report_publish_terms_aggregates,
	rows: m.report_publish_terms_rows
};

/** Why an output is refused, and what to do. `place`: the cell's number in the page. */
export function refusalText(refusal: PublishRefusal, place: number): string {
	const { organisation, dataset, kind, groups = { count: 0, minimum: 0 } } = refusal;
	const cell = m.report_output_names_cell({ number: place });
	const output = kind === null ? cell : `${cell} · ${OUTPUT_NAMES[kind]()}`;
	switch (refusal.reason) {
		case 'nothing':
			return m.report_publish_refused_nothing({ output, organisation, dataset });
		case 'rows':
			return m.report_publish_refused_rows({ output, organisation, dataset });
		case 'expired':
			return m.report_publish_refused_expired({ output, organisation, dataset });
		case 'small_group':
			return m.report_publish_refused_small_group({
				...{ output, organisation, dataset },
				count: groups.count,
				minimum: groups.minimum
			});
		case 'small_rest':
			return m.report_publish_refused_small_rest({
				...{ output, organisation, dataset },
				minimum: groups.minimum
			});
		case 'group_unknown':
			return m.report_publish_refused_group_unknown({
				...{ output, organisation, dataset },
				minimum: groups.minimum
			});
		case 'unknown':
			return m.report_publish_refused_unknown({ output });
		case 'unreadable':
			return m.report_publish_refused_unreadable({ output });
		case 'untraceable':
			return m.report_publish_refused_untraceable({ output });
	}
}
