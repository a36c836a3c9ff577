// Filters the board while one types. Without it the page is whole and the unit links work.
const filterBox = document.querySelector('.filter');
const field = document.getElementById('find');
if (filterBox && field) {
  const found = document.getElementById('found');
  const all = found.textContent;
  const people = [...document.querySelectorAll('.body .person')].map((node) => ({
    node,
    text: (node.closest('.unit').querySelector('h2').textContent + node.textContent).toLowerCase(),
  }));
  const units = [...document.querySelectorAll('.body .unit')];
  const filter = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const person of people) {
      const fits = words.every((word) => person.text.includes(word));
      person.node.hidden = !fits;
      count += fits ? 1 : 0;
    }
    for (const unit of units) unit.hidden = !unit.querySelector('.person:not([hidden])');
    const { some, none } = found.dataset;
    found.textContent = words.length === 0 ? all : count === 0 ? none : some.replace('#', String(count));
  };
  field.addEventListener('input', filter);
}
