/**
 * What is asked for by a list of ids (`$1`), to look up each by itself (`LATERAL (… OFFSET 0)`). The planner does not see how
 * long the list is: it keeps one plan for all of them, where for a short list it would make one anew each time.
 */
export const ASKED = `unnest((SELECT $1::uuid[])) asked(id)`;
