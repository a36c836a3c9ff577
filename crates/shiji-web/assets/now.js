// Says on an official's own page what stands on the page of who is in today. Without it the link leads there.
const box = document.getElementById('now');

async function fill() {
  const answer = await fetch(box.dataset.now);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const line = page.getElementById(box.dataset.person);
  if (!line?.querySelector('.state:not(.unsaid)')) return;
  const said = [...line.querySelectorAll('p:first-child > span')];
  box.append(' ', ...said.flatMap((node) => [document.importNode(node, true), ' ']));
}

fill().catch(() => {});
