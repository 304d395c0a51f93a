package policy

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"candor/generator/diag"
	"candor/generator/input/content"
)

// The codes of countries and services after a +, and those after which a number has no 0, which is
// dialled only within the country.
var (
	countryCode = regexp.MustCompile(`^\+(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|` +
		`21[1-368]|22\d|23\d|24\d|25[0-8]|26\d|29[017-9]|35\d|37\d|38[0-35-79]|42[013]|50\d|59\d|67[02-9]|68[0-35-9]|` +
		`69[0-2]|80[08]|85[02356]|87[08]|88[0-36]|96[0-8]|97[0-79]|99[2-68])`)
	trunkCode = regexp.MustCompile(
		`^\+[ ]?(?:20|27|3[1236]|353|4[134689]|6[01246]|8[1246]|886|9[0-58]|972)[ ()-]*(0)[ ()-]*[1-9]`)
)

// Lengths of phone numbers: of all (ITU-T E.164), and of whole ones with the country's code.
const (
	longestNumber  = 15
	shortestNumber = 7
)

// What is nearly an address.
var (
	nearMail   = regexp.MustCompile(`^[^\s@]+@\S*$`)
	wholeMail  = regexp.MustCompile(`^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$`)
	bareDomain = regexp.MustCompile(`^(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?$`)
	nearWeb    = regexp.MustCompile(`^(?i:https?)[:/]`)
	wholeWeb   = regexp.MustCompile(`^https?://[^\s/]`)
	scheme     = regexp.MustCompile(`^(?i:(mailto|tel|sms|ftp|file|data|javascript|vbscript):)(.*)$`)
)

// unreachable says what is wrong with the value of a contact that nobody can tap, or that leads to
// nobody, and what to write; empty if nothing is. Where to go or whom to ask may be said in words.
func unreachable(value string) (wrong, hint diag.Text) {
	narrow := width.Narrow.String(value)
	dialled, _, _ := strings.Cut(content.Dial(narrow), ",") // without the extension
	switch {
	case dialled != "":
		return misdialled(narrow, dialled)
	case scheme.MatchString(narrow):
		return misaddressed(scheme.FindStringSubmatch(narrow))
	case nearWeb.MatchString(narrow) && !wholeWeb.MatchString(narrow):
		return diag.Textf("this is not a whole web address"), diag.Textf("write it as in https://example.org/help")
	case nearMail.MatchString(narrow) && !wholeMail.MatchString(narrow):
		return diag.Textf("this is not a whole e-mail address"), diag.Textf("write it as in help@example.org")
	case bareDomain.MatchString(narrow) && !strings.HasPrefix(narrow, "www."):
		return diag.Textf("this web address cannot be tapped"), diag.Textf("write value = \"https://%s\"", narrow)
	case onlyNumber(narrow):
		return diag.Textf("this is not a phone number that can be dialled"), inFull()
	}
	if number := content.PhoneIn(value); number != "" && number != value {
		return diag.Textf("the phone number in this text cannot be tapped"),
			diag.Textf("write value = \"%s\", and the words in label or hours", number)
	}
	return diag.Text{}, diag.Text{}
}

func inFull() diag.Text {
	return diag.Textf("write one number in full, as in +86 21 1234 5678; a second one is another [[contact]]")
}

// misdialled says what is wrong with a phone number.
func misdialled(value, dialled string) (wrong, hint diag.Text) {
	number := strings.TrimPrefix(dialled, "+")
	switch abroad := number != dialled; {
	case len(number) > longestNumber:
		return diag.Textf("this has more digits than a phone number has"), inFull()
	case abroad && !countryCode.MatchString(dialled):
		return diag.Textf("no country has the code with which this begins"), inFull()
	case abroad && len(number) < shortestNumber:
		return diag.Textf("this has fewer digits than a phone number with a country's code has"), inFull()
	case abroad && !strings.Contains(value, "(0)") && trunkCode.MatchString(value):
		at := trunkCode.FindStringSubmatchIndex(value)[2]
		return diag.Textf("a phone number has no 0 after the country's code"),
			diag.Textf("write value = \"%s\"", value[:at]+value[at+1:])
	case strings.Trim(number, "0") == "":
		return diag.Textf("this is not a phone number that can be dialled"), inFull()
	}
	return diag.Text{}, diag.Text{}
}

// misaddressed says what to write instead of a value that begins with a scheme.
func misaddressed(parts []string) (wrong, hint diag.Text) {
	wrong = diag.Textf("a contact is not written with \"%s:\"", parts[1])
	switch strings.ToLower(parts[1]) {
	case "mailto", "tel", "sms":
		return wrong, diag.Textf("write value = \"%s\"", parts[2])
	}
	return wrong, diag.Textf("write a phone number, an e-mail address, an https:// address, or where to go")
}

// onlyNumber reports whether a value has five digits or more, and nothing but what phone numbers are
// written with.
func onlyNumber(value string) bool {
	n := 0
	for _, r := range value {
		switch {
		case unicode.IsDigit(r):
			n++
		case !strings.ContainsRune(" ()+-–./*,､;", r):
			return false
		}
	}
	return n >= 5
}
