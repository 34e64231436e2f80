// The charts of 统计. Each has a table beside it, so nothing is lost without script. Drawn as SVG, so that print is sharp.
(function () {
  "use strict";
  if (!window.echarts) return;
  var style = getComputedStyle(document.documentElement);
  function colour(name, fallback) {
    return style.getPropertyValue(name).trim() || fallback;
  }
  var accent = colour("--c-accent", "#1c4e80");
  var over = colour("--c-over", "#c4141b");
  var ink = colour("--c-ink-2", "#454c55");
  var font = { fontFamily: "inherit", color: ink };

  function data(id) {
    return JSON.parse(document.getElementById(id).textContent);
  }

  function trend() {
    var points = data("trend-data");
    function series(key, name, hue) {
      return {
        name: name, type: "line", data: points.map(function (p) { return p[key]; }), color: hue,
        symbol: key === "open" ? "circle" : "rect", symbolSize: 7, lineStyle: { width: 2 }, label: { show: key === "overdue", color: hue, formatter: function (p) { return p.value || ""; } },
      };
    }
    return {
      animation: false, textStyle: font, legend: { top: 0, right: 0 }, grid: { left: 36, right: 16, top: 34, bottom: 24 },
      tooltip: { trigger: "axis", renderMode: "richText" },
      xAxis: { type: "category", data: points.map(function (p) { return p.day; }) }, yAxis: { type: "value", minInterval: 1 },
      series: [series("open", "在办", accent), series("overdue", "超期", over)],
    };
  }

  function flow() {
    var rows = data("flow-data");
    // Departments keep their official order: without iterations the layout leaves nodes as they come.
    var units = data("flow-order");
    var nodes = {};
    var links = {};
    function node(column, name) {
      var id = column + name;
      nodes[id] = { name: id, depth: column, label: { formatter: name } };
      return id;
    }
    function link(from, to, count) {
      var id = from + ">" + to;
      links[id] = links[id] || { source: from, target: to, value: 0 };
      links[id].value += count;
    }
    units.forEach(function (name) {
      if (rows.some(function (row) { return row[1] === name; })) node(1, name);
    });
    rows.forEach(function (row) {
      var said = node(0, row[0]);
      var unit = node(1, row[1]);
      link(said, unit, row[3]);
      link(unit, node(2, row[2]), row[3]);
    });
    return {
      animation: false, textStyle: font,
      tooltip: { renderMode: "richText", formatter: function (hit) {
        var names = hit.dataType === "edge" ? [hit.data.source, hit.data.target] : [hit.name];
        return names.map(function (name) { return name.slice(1); }).join(" → ") + "：" + hit.value + " 件";
      } },
      series: [{
        type: "sankey", left: 8, right: 90, top: 8, bottom: 8, nodeWidth: 12, nodeGap: 9, layoutIterations: 0, data: Object.values(nodes), links: Object.values(links),
        lineStyle: { color: "source", opacity: 0.28, curveness: 0.5 }, label: { color: ink, fontSize: 12, width: 260, overflow: "truncate" }, emphasis: { focus: "adjacency" },
        levels: [{ depth: 0, itemStyle: { color: colour("--c-gold", "#c9a550") } }, { depth: 1, itemStyle: { color: accent } }, { depth: 2, itemStyle: { color: "#6b7f4f" } }],
      }],
    };
  }

  var options = { trend: trend, flow: flow };
  document.querySelectorAll("[data-chart]").forEach(function (place) {
    var chart = window.echarts.init(place, null, { renderer: "svg" });
    chart.setOption(options[place.dataset.chart]());
    window.addEventListener("resize", function () { chart.resize(); });
    window.addEventListener("beforeprint", function () { chart.resize(); });
  });
})();
