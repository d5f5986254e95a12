/** Of an answer that is shown: what was read, and when, in the browser's epoch milliseconds. */
export type ShownAnswer = { data: unknown; dataUpdatedAt: number };

/** The answer that what stands within an element was made from. */
const answers = new WeakMap<Element, ShownAnswer>();

export const noteAnswer = (element: Element | null, answer: ShownAnswer): void => {
  if (element !== null) answers.set(element, answer);
};

/** Of the nearest part around it that was made from one. */
export function answerAround(element: Element | null): ShownAnswer | undefined {
  for (let at = element; at !== null; at = at.parentElement) {
    const answer = answers.get(at);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
