package figures_test

import (
	"testing"

	"golang.org/x/text/unicode/norm"

	"candor/generator/input/figures"
)

func TestNamesCases(t *testing.T) {
	for _, name := range []string{
		"cases.csv", "Cases.csv", "CASES.CSV", "Copy of cases.csv", "cases copy 2.csv", "cases (conflicted copy).csv",
		"cases (Amara Lind's conflicted copy 2026-11-04).csv", "cases.sync-conflict-20261104-101010-ABC.csv",
		"cases.csv.old", "cases_(1).csv", "cases(1).csv", "cases - 副本.csv", "cases - 副本 (2).csv", "副本 cases.csv",
		"cases的副本.csv", "cases最新版.csv", "ｃａｓｅｓ．ｃｓｖ", "cases2026-11-04.csv", "cases_backup.xlsx", "old-cases.csv",
		"cases.csv.gz", "cases", "cases-v2.final.csv", norm.NFD.String("cases kopie.csv"), "Kopie von cases.ods",
	} {
		if !figures.NamesCases(name) {
			t.Errorf("%q is not taken for a copy", name)
		}
	}
	for _, name := range []string{"phone-cases.csv", "cases-explained.pdf", "test cases.pdf", "case.csv", "showcases.csv",
		"cases.pdf", "batches.csv", "", "副本.csv", "conflict.csv", "cases of fever.csv"} {
		if figures.NamesCases(name) {
			t.Errorf("%q is taken for a copy", name)
		}
	}
}

func TestListsCases(t *testing.T) {
	for _, text := range []string{
		"id,channel,priority,opened,reached,solved,satisfied\nK-1,…", "\ufeffID;Channel;Priority;Opened\r\n",
		"编号,渠道,优先级,登记时间,联系时间\n", "Cases of last week\n\n\"id\"\t\"priority\"\t\"opened\"\t\"solved\"\n",
		"ｉｄ，priority，opened，solved\n",
	} {
		if !figures.ListsCases(text) {
			t.Errorf("%q is not taken for a list of cases", text)
		}
	}
	for _, text := range []string{"", "id,name,lot\n1,2,3\n", "time,negative,reached,solved\n",
		"The id, the priority and the channel."} {
		if figures.ListsCases(text) {
			t.Errorf("%q is taken for a list of cases", text)
		}
	}
}

// FuzzPrivate: no name and no text makes either panic.
func FuzzPrivate(f *testing.F) {
	f.Add("Copy of cases.csv")
	f.Add("cases的副本")
	f.Add("id,priority,opened,solved")
	f.Fuzz(func(_ *testing.T, text string) {
		figures.NamesCases(text)
		figures.ListsCases(text)
	})
}
