"""`python langchain-loader.py URL USERNAME TOKEN SPACE` loads a space with LangChain's loader.

Prints how many pages it has, the processor time in seconds and the most memory in KB.
"""

import resource
import sys

from langchain_community.document_loaders.confluence import ConfluenceLoader

url, username, token, space = sys.argv[1:]
# As it comes, but for the number of pages, which would end at 1,000.
loader = ConfluenceLoader(
    url=f"{url}/wiki", username=username, api_key=token, space_key=space, max_pages=1_000_000
)
# Pages without text are no success.
pages = sum(1 for document in loader.load() if document.page_content)
usage = resource.getrusage(resource.RUSAGE_SELF)
print(pages, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
