/** A node of a plan as PostgreSQL explains it in JSON. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Schema?: string;
  readonly Plans?: readonly PlanNode[];
}

/** A statement with the plan that it really had. */
export interface ExplainedStatement {
  readonly text: string;
  /** Ways into tables, each once, such as `Seq Scan participant` and `Index Scan referral_pkey`. */
  readonly scans: readonly string[];
}

function scansOf(node: PlanNode): string[] {
  const below = (node.Plans ?? []).flatMap(scansOf);
  const { 'Node Type': type, 'Relation Name': relation, 'Index Name': index } = node;
  if (!type.includes('Scan') || (relation === undefined && index === undefined)) return below;
  return [`${type} ${index ?? relation ?? ''}`, ...below];
}

/**
 * Reads what auto_explain wrote, as JSON, into the lines of a server's log: each statement and plan once, in order of the
 * statements. Lines of an entry after its first begin with a tabulator, or, where the collector took that away, do not
 * look like the beginning of another.
 */
export function readPlans(lines: Iterable<string>): ExplainedStatement[] {
  const found = new Map<string, ExplainedStatement>();
  let entry: string[] | null = null;
  const close = (): void => {
    if (entry === null) return;
    const explained = JSON.parse(entry.join('\n')) as { 'Query Text': string; Plan: PlanNode };
    entry = null;
    const text = explained['Query Text'].replaceAll(/\s+/g, ' ').trim();
    const scans = [...new Set(scansOf(explained.Plan))].sort();
    found.set(`${text}\n${scans.join()}`, { text, scans });
  };
  for (const line of lines) {
    if (/ LOG: {2}duration: .* plan:$/.test(line)) {
      entry = [];
      continue;
    }
    if (entry === null) continue;
    entry.push(line);
    // The object's own closing brace stands alone at the margin.
    if (/^\t?\}$/.test(line)) close();
  }
  return [...found.values()].sort((left, right) => left.text.localeCompare(right.text));
}

/** Statements that read one of these tables from its beginning to its end. */
export function findSequentialScans(
  statements: readonly ExplainedStatement[],
  bigTables: readonly string[],
): ExplainedStatement[] {
  return statements.filter(({ scans }) =>
    bigTables.some((table) =>
      scans.some((scan) => scan.startsWith('Seq Scan') && scan.endsWith(` ${table}`)),
    ),
  );
}
