package preview

import "candor/generator/message"

// words are what the server itself says to a person. What the overlay says
// stands in client/words.js.
type words struct {
	lang                       string
	wrongHost, foreign, method string
	waiting, waitingText       string
	missing, missingText       string
	crowded                    string
}

func wordsIn(lang string) words {
	if message.Primary(lang) == "zh" {
		return words{
			lang:      "zh",
			wrongHost: "这个预览只用一个地址：%s",
			foreign:   "这个预览不回答其他网站的请求。",
			method:    "预览只能读取：GET或HEAD，不带正文。",
			waiting:   "还没有可以显示的版本", waitingText: "第一次没有错误的生成完成后，这一页会自己换成你要的页面。",
			missing: "没有这一页", missingText: "站点里没有这个地址。",
			crowded: "打开的预览太多了。",
		}
	}
	return words{
		lang:      "en",
		wrongHost: "This preview has one address: %s",
		foreign:   "This preview does not answer other sites.",
		method:    "The preview is for reading: GET or HEAD, without a body.",
		waiting:   "There is nothing to show yet", waitingText: "After the first build without errors, the page that you asked for takes the place of this one.",
		missing: "There is no such page", missingText: "The site has nothing at this address.",
		crowded: "Too many previews are open.",
	}
}
