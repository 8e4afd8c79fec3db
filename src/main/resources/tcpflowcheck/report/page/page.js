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

  // ---- an arrow shows its segment's header, as --frame draws it

  var FLAGS = ['AE', 'CWR', 'ECE', 'URG', 'ACK', 'PSH', 'RST', 'SYN', 'FIN'];
  var KINDS = { 2: 'MSS', 3: 'scale', 4: 'SACK ok', 5: 'SACK', 8: 'TS', 19: 'MD5', 28: 'UTO', 29: 'AO', 30: 'MPTCP', 34: 'TFO' };
  var SUMS = { r: 'right', w: 'wrong', l: 'left to card', u: 'unchecked' };

  function centred(text, width) {
    if (text.length > width) {
      var tail = width - 2 - Math.min(4, width >> 1);
      text = text.slice(0, width - 2 - tail) + '..' + text.slice(text.length - tail);
    }
    var before = (width - text.length) >> 1;
    return ' '.repeat(before) + text + ' '.repeat(width - before - text.length);
  }

  function number(octets, at, count) {
    var value = 0;
    for (var i = 0; i < count; i++) { value = value * 256 + octets[at + i]; }
    return value;
  }

  // What is behind an option's kind and length, as [octets, text].
  function valueOf(octets, kind, at, count) {
    if (kind === 2 && count === 2) { return [[2, 'Maximum Segment Size ' + number(octets, at, 2)]]; }
    if (kind === 3 && count === 1) {
      return [[1, 'shift ' + octets[at] + (octets[at] < 32 ? ' x' + Math.pow(2, octets[at]) : '')]];
    }
    if (kind === 8 && count === 8) {
      return [[4, 'Timestamp Value ' + number(octets, at, 4)], [4, 'Timestamp Echo Reply ' + number(octets, at + 4, 4)]];
    }
    if (kind === 5 && count % 8 === 0) {
      var edges = [];
      for (var edge = 0; edge < count / 4; edge++) {
        edges.push([4, (edge % 2 ? 'Right' : 'Left') + ' Edge of Block ' + ((edge >> 1) + 1) + ': ' + number(octets, at + 4 * edge, 4)]);
      }
      return edges;
    }
    var hex = '';
    for (var i = 0; i < count; i++) { hex += ('0' + octets[at + i].toString(16)).slice(-2); }
    return count ? [[count, '0x' + hex]] : [];
  }

  // All options of a header of so many octets, of which not all may be there.
  function optionsOf(octets, length) {
    var fields = [], at = 20, rest = 'cut by the capture';
    while (at < octets.length) {
      var kind = octets[at];
      if (kind > 1) {
        var whole = at + 1 < octets.length;
        if (!whole && octets.length < length) { break; }
        var count = whole ? octets[at + 1] : 0;
        if (count < 2 || at + count > length) { rest = 'malformed'; break; }
        if (at + count > octets.length) { break; }
        fields.push([1, 'kind ' + kind + (KINDS[kind] ? ' ' + KINDS[kind] : '')], [1, 'length ' + count]);
        fields = fields.concat(valueOf(octets, kind, at + 2, count - 2));
        at += count;
      } else {
        fields.push([1, kind ? 'NOP (kind 1)' : 'end (kind 0)']);
        at++;
        if (!kind) { rest = 'padding'; break; }
      }
    }
    if (at < octets.length) { fields.push([octets.length - at, rest]); }
    return fields;
  }

  // Fields of [octets, text] in rows of 32 bits of [bits, line, ...]; the text stands where there is most room for it.
  function inRows(fields) {
    var rows = [], row = [], column = 0;
    fields.forEach(function (field) {
      var left = field[0], first = Math.min(4 - column, left), told = false;
      var inFirst = first >= Math.min(left - first, 4);
      while (left > 0) {
        var here = Math.min(4 - column, left), tells = !told && (inFirst || left < field[0]);
        row.push([here * 8, tells ? field[1] : '...']);
        told = told || tells;
        left -= here;
        column += here;
        if (column === 4) { rows.push(row); row = []; column = 0; }
      }
    });
    if (column) { rows.push(row.concat([[(4 - column) * 8, '']])); }
    return rows;
  }

  function counted(count) { return count + (count === 1 ? ' octet' : ' octets'); }

  function headerOf(arrow, title) {
    var parts = arrow.getAttribute('data-h').split(' ');
    var octets = Array.prototype.map.call(atob(parts[0]), function (c) { return c.charCodeAt(0); });
    var client = arrow.classList.contains('client'), length = (octets[12] >> 4) * 4, shift = Number(parts[3]);
    function relative(name, absolute) {
      var told = new RegExp(' ' + name + '=(\\d+)(?: \\(([^)]*)\\))?').exec(title);
      return !told || Number(told[1]) === absolute ? '' : ' (relative ' + told[1] + (told[2] ? ', ' + told[2] : '') + ')';
    }
    var seq = number(octets, 4, 4), ack = number(octets, 8, 4), flags = number(octets, 12, 2), window = number(octets, 14, 2);
    var rows = [
      [[16, 'Source Port ' + number(octets, 0, 2) + (client ? ' (client)' : ' (server)')],
        [16, 'Destination Port ' + number(octets, 2, 2) + (client ? ' (server)' : ' (client)')]],
      [[32, 'Sequence Number ' + seq + relative('seq', seq)]],
      [[32, 'Acknowledgment Number ' + ack + (flags & 16 ? relative('ack', ack) : ' (no ACK: not valid)')]],
      [[4, 'Data', 'Offset', String(length / 4)], [3, 'Rsr-', 'vd.']].concat(FLAGS.map(function (name, i) {
        return [1].concat((flags >> (8 - i) & 1 ? name : name.toLowerCase()).split(''));
      }), [[16, '', 'Window ' + window, shift > 0 ? '(' + window * Math.pow(2, shift) + ' octets)' : '']]),
      [[16, 'Checksum 0x' + ('000' + number(octets, 16, 2).toString(16)).slice(-4) + ' (' + SUMS[parts[1]] + ')'],
        [16, 'Urgent Pointer ' + number(octets, 18, 2)]]
    ].concat(inRows(optionsOf(octets, length)));
    if (octets.length < length) {
      rows.push([[32, counted(length - octets.length) + ' of the header, which the capture does not have']]);
    }
    rows.push([[32, counted(Number(parts[2])) + ' of data']]);
    var line = '+' + '-+'.repeat(32), tens = '', ones = '';
    for (var bit = 0; bit < 32; bit++) {
      tens += ' ' + (bit % 10 ? ' ' : bit / 10);
      ones += ' ' + bit % 10;
    }
    return tens.trimEnd() + '\n' + ones + '\n' + line + '\n' + rows.map(function (row) {
      var lines = Math.max.apply(null, row.map(function (field) { return field.length - 1; })), text = '';
      for (var i = 1; i <= lines; i++) {
        text += '|' + row.map(function (field) { return centred(field[i] || '', 2 * field[0] - 1) + '|'; }).join('') + '\n';
      }
      return text + line + '\n';
    }).join('');
  }

  function show(arrow) {
    var svg = arrow.ownerSVGElement, at = svg.nextElementSibling, title = arrow.querySelector('title').textContent;
    if (!at || !at.classList.contains('header')) {
      at = document.createElement('pre');
      at.className = 'header';
      at.tabIndex = 0;
      at.setAttribute('aria-live', 'polite');
      svg.parentNode.insertBefore(at, svg.nextSibling);
    }
    at.textContent = title + '\n' + headerOf(arrow, title);
    at.scrollIntoView({ block: 'nearest' });
  }

  document.addEventListener('keydown', function (event) {
    if (event.key === 'Enter' && event.target.matches && event.target.matches('g[data-h]')) { show(event.target); }
  });
  document.addEventListener('click', function (event) {
    var arrow = event.target.closest ? event.target.closest('g[data-h]') : null;
    if (arrow) {
      event.preventDefault();
      show(arrow);
    }
  });

  // ---- copying

  document.addEventListener('click', function (event) {
    var button = event.target.closest ? event.target.closest('button.copy') : null;
    if (!button) { return; }
    var text = button.nextElementSibling.textContent;
    function said(word) { button.textContent = word; }
    if (navigator.clipboard) {
      navigator.clipboard.writeText(text).then(function () { said(document.body.dataset.copied); }, function () { said(document.body.dataset.select); });
    } else {
      said(document.body.dataset.select);
    }
  });
}());
