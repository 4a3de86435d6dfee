/** What is wrong with a formula, in words. */
import type {
	FormulaProblem,
	FormulaProblemCode
} from '$lib/core/pipeline/formula/formula-problem';
import type { ListedFunction } from '$lib/core/pipeline/formula/complete-formula';
import { m } from '$lib/paraglide/messages';

type Details = FormulaProblem['details'];
const text = (details: Details, key: string): string => String(details[key] ?? '');

function countText(d: Details): string {
	const [name, given, least, most] = ['name', 'given', 'least', 'most'].map((key) => text(d, key));
	const said = { name: name ?? '', given: given ?? '', least: least ?? '' };
	if (most === '') return m.formula_problem_argument_count_least(said);
	return least === most
		? m.formula_problem_argument_count_exact(said)
		: m.formula_problem_argument_count({ ...said, most: most ?? '' });
}

type NearMessage = (inputs: { name: string; suggestion: string }) => string;
const near =
	(plain: (inputs: { name: string }) => string, suggested: NearMessage) =>
	(d: Details): string => {
		const [name, suggestion] = [text(d, 'name'), text(d, 'suggestion')];
		return suggestion ? suggested({ name, suggestion }) : plain({ name });
	};

const SENTENCES: Record<FormulaProblemCode, (details: Details) => string> = {
	empty: () => m.formula_problem_empty(),
	too_long: (d) => m.formula_problem_too_long({ max: text(d, 'max') }),
	too_deep: () => m.formula_problem_too_deep(),
	unclosed_text: () => m.formula_problem_unclosed_text(),
	unclosed_name: () => m.formula_problem_unclosed_name(),
	unclosed_paren: (d) => m.formula_problem_unclosed_paren({ name: text(d, 'name') }),
	extra_paren: (d) => m.formula_problem_extra_paren({ name: text(d, 'name') }),
	character: (d) => m.formula_problem_character({ name: text(d, 'name') }),
	number: (d) => m.formula_problem_number({ name: text(d, 'name') }),
	missing_value: (d) =>
		text(d, 'name') === ''
			? m.formula_problem_missing_value_end()
			: m.formula_problem_missing_value({ name: text(d, 'name') }),
	missing_operator: (d) => m.formula_problem_missing_operator({ name: text(d, 'name') }),
	unknown_column: near(m.formula_problem_unknown_column, m.formula_problem_unknown_column_near),
	spaced_column: (d) => m.formula_problem_spaced_column({ name: text(d, 'name') }),
	unknown_param: near(m.formula_problem_unknown_param, m.formula_problem_unknown_param_near),
	unknown_function: near(
		m.formula_problem_unknown_function,
		m.formula_problem_unknown_function_near
	),
	not_called: (d) => m.formula_problem_not_called({ name: text(d, 'name') }),
	argument_count: countText,
	argument_type: (d) => {
		const said = { name: text(d, 'name'), text: text(d, 'text') };
		return d.wanted === 'date'
			? m.formula_problem_argument_date(said)
			: m.formula_problem_argument_number(said);
	},
	constant_argument: (d) => m.formula_problem_constant_argument({ name: text(d, 'name') }),
	decimal_comma: (d) => m.formula_problem_decimal_comma({ name: text(d, 'name') }),
	comma_separator: () => m.formula_problem_comma_separator(),
	chained: () => m.formula_problem_chained(),
	text_arithmetic: (d) =>
		m.formula_problem_text_arithmetic({ name: text(d, 'name'), text: text(d, 'text') }),
	text_added: (d) => m.formula_problem_text_added({ text: text(d, 'text') }),
	date_arithmetic: () => m.formula_problem_date_arithmetic(),
	date_difference: () => m.formula_problem_date_difference(),
	date_and_text: (d) => m.formula_problem_date_and_text({ text: text(d, 'text') }),
	text_and_number: (d) =>
		m.formula_problem_text_and_number({ text: text(d, 'text'), number: text(d, 'number') }),
	pattern: (d) => m.formula_problem_pattern({ name: text(d, 'name') })
};
export const formulaProblemText = ({ code, details }: FormulaProblem): string =>
	SENTENCES[code](details);

export const FORMULA_CATEGORIES: Record<ListedFunction['category'], () => string> = {
	logic: m.formula_category_logic,
	number: m.formula_category_number,
	text: m.formula_category_text,
	date: m.formula_category_date,
	summary: m.formula_category_summary,
	order: m.formula_category_order
};
