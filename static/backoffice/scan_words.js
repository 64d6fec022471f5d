// The words of the page, in the form that goes with a number.
const words = JSON.parse(document.getElementById("scan-words").textContent);
const language = document.documentElement.lang || "uk";
const kinds = new Intl.PluralRules(language), numbers = new Intl.NumberFormat(language);
const money = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });

export const say = (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
export const counted = (name, number) => {
  const forms = words[name];
  return (forms[kinds.select(number)] ?? forms.many).replace("{n}", numbers.format(number));
};
export const hryvnias = (amount) => `${money.format(amount)}\u00a0₴`;
export const clock = (at = new Date()) => at.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
