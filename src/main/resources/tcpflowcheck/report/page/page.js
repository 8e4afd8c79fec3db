'use strict';
(function () {
  document.documentElement.classList.add('has-script');
  var table = document.getElementById('flows');
  var body = table ? table.tBodies[0] : null;
  var rows = body ? Array.prototype.slice.call(body.rows) : [];

  // ---- sorting: a click on a column's title, again for the other direction

  function sortBy(th, index) {
    var down = th.getAttribute('aria-sort') !== 'descending';
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (each) { each.removeAttribute('aria-sort'); });
    th.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    function key(row) {
      var cell = row.cells[index];
      var number = cell.getAttribute('data-n');
      return number === null ? cell.textContent : Number(number);
    }
    rows.sort(function (a, b) {
      var x = key(a), y = key(b);
      var order = x < y ? -1 : x > y ? 1 : 0;
      return down ? -order : order;
    });
    rows.forEach(function (row) { body.appendChild(row); });
  }
  if (table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (th, index) {
      var button = th.querySelector('button');
      if (button) { button.addEventListener('click', function () { sortBy(th, index); }); }
    });
  }

  // ---- the words of --only

  var UNITS = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12, B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };
  var MEASURES = ['connect', 'first-octet', 'duration', 'bytes', 'out', 'in', 'retransmissions', 'stream', 'segments', 'silence',
    'transfer', 'request'];

  function compare(seen, operator, bound) {
    switch (operator) {
      case '<': return seen < bound;
      case '<=': return seen <= bound;
      case '>': return seen > bound;
      case '>=': return seen >= bound;
      default: return seen === bound;
    }
  }

  function inNetwork(address, network) {
    var slash = network.indexOf('/');
    if (slash < 0 || address.indexOf(':') >= 0) { return address === network; }
    var bits = Number(network.slice(slash + 1));
    function number(text) {
      return text.split('.').reduce(function (sum, octet) { return sum * 256 + Number(octet); }, 0);
    }
    var size = Math.pow(2, 32 - bits);
    return Math.floor(number(address) / size) === Math.floor(number(network.slice(0, slash)) / size);
  }

  function inPorts(row, text) {
    return text.split(',').some(function (range) {
      var ends = range.split('-').map(Number);
      return ['clientPort', 'serverPort'].some(function (side) {
        var port = Number(row.dataset[side]);
        return port >= ends[0] && port <= (ends.length > 1 ? ends[1] : ends[0]);
      });
    });
  }

  function holds(row, term) {
    if (term.charAt(0) === '!') { return !holds(row, term.slice(1)); }
    var keyed = /^([a-z-]+)(<=|>=|<|>|=)(.+)$/.exec(term);
    if (!keyed) {
      if (term === 'findings') { return row.dataset.rules !== ''; }
      if (term === 'doubt') { return row.dataset.doubt === 'yes'; }
      if (term === 'cut') { return row.dataset.open === 'cut' || row.dataset.close === 'cut'; }
      var words = (row.dataset.rules + ' ' + row.dataset.groups).split(' ');
      return words.indexOf(term) >= 0 || row.textContent.toLowerCase().indexOf(term.toLowerCase()) >= 0;
    }
    var name = keyed[1], values = keyed[3].split(',');
    if (MEASURES.indexOf(name) >= 0) {
      var parts = /^([\d.]+)([A-Za-z]*)$/.exec(keyed[3]);
      var attribute = name.replace(/-([a-z])/g, function (all, letter) { return letter.toUpperCase(); });
      var seen = row.dataset[attribute];
      return !!parts && seen !== undefined && seen !== '' && Number(seen) >= 0 &&
        compare(Number(seen), keyed[2], Number(parts[1]) * (UNITS[parts[2]] || 1));
    }
    switch (name) {
      case 'open': case 'close': case 'reset': case 'by': return values.indexOf(row.dataset[name]) >= 0;
      case 'client': return values.some(function (v) { return inNetwork(row.dataset.client, v); });
      case 'server': return values.some(function (v) { return inNetwork(row.dataset.server, v); });
      case 'host': return values.some(function (v) { return inNetwork(row.dataset.client, v) || inNetwork(row.dataset.server, v); });
      case 'port': return inPorts(row, keyed[3]);
      default: return false;
    }
  }

  var only = document.getElementById('only');
  var shown = document.getElementById('shown');
  function filter() {
    var terms = only.value.trim().split(/\s+/).filter(Boolean);
    var count = 0;
    rows.forEach(function (row) {
      var fits = terms.every(function (term) { return holds(row, term); });
      row.hidden = !fits;
      count += fits ? 1 : 0;
    });
    shown.textContent = document.body.dataset.of.replace('#', count).replace('#', rows.length);
  }
  if (only) {
    only.addEventListener('input', filter);
    only.form.addEventListener('submit', function (event) { event.preventDefault(); });
    filter();
  }

  // ---- a link to a connection opens it

  function openTarget() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === 'DETAILS') {
      target.open = true;
      target.scrollIntoView();
    }
  }
  window.addEventListener('hashchange', openTarget);
  openTarget();

  document.addEventListener('click', function (event) {
    var button = event.target.closest ? event.target.closest('button.copy') : null;
    if (!button) { return; }
    var text = button.parentNode.querySelector('pre').textContent;
    function said(word) { button.textContent = word; }
    if (navigator.clipboard) {
      navigator.clipboard.writeText(text).then(function () { said(document.body.dataset.copied); }, function () { said(document.body.dataset.select); });
    } else {
      said(document.body.dataset.select);
    }
  });
}());
